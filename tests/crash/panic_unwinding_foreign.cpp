// SPDX-License-Identifier: MIT
// panic.h: on a thread that is not ours go_exit unwinds the stack; a panic in a destructor
// that this runs is told, and runs no deferred call a second time.
#include <goroutine.h>
#include <thread>

struct panics {
    ~panics()
    {
        go_panic("late");
    }
};

static void body()
{
    static int runs;
    panics p;
    go_defer([] {
        if (runs++)
            go_panic("twice");
    });
    go_recover(nullptr, go_exit);
}

int main()
{
    std::thread(body).join();
}
