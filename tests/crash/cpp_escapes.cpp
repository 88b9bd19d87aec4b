// SPDX-License-Identifier: MIT
// go.h: an exception that leaves a goroutine's function ends the program: its type, its
// words, and the trace from where it was thrown.
#include <goroutine.h>
#include <stdexcept>

__attribute__((noinline)) static void thrower(int v)
{
    if (v > 0)
        throw std::runtime_error("lost way");
}

static void body(int v)
{
    thrower(v);
}

int main()
{
    go(body, 1);
    go_sleep(10 * GO_SECOND);
}
