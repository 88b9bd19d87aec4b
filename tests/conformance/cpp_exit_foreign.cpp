// SPDX-License-Identifier: MIT
// panic.h in C++: on a thread that is not ours a deferred call may call go_exit, whoever runs
// it; a panic in one that go_exit runs can be recovered, and the go_exit goes on.
#include "check.h"

#include <goroutine.h>
#include <thread>

static int order;

static void tell(int n)
{
    order = order * 10 + n;
}

static void exit_in_exit()
{
    go_defer(tell, 2);
    go_defer([] {
        tell(1);
        go_exit();
    });
    go_exit();
}

static void exit_in_panic()
{
    go_defer(tell, 2);
    go_defer([] {
        tell(1);
        go_exit();
    });
    go_panic("dropped");
}

static void panic_in_exit()
{
    go_defer(tell, 2);
    go_recover(nullptr, [] {
        go_defer([] {
            tell(1);
            go_panic("recovered");
        });
        go_exit();
    });
    tell(3);
}

int main()
{
    void (*const all[])() = { exit_in_exit, exit_in_panic, panic_in_exit };
    for (void (*f)() : all) {
        order = 0;
        std::thread(f).join();
        CHECK_EQ(order, 12);
    }
}
