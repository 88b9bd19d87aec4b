// SPDX-License-Identifier: MIT
// expect: too few arguments|no match for call|no matching function
// A deferred call is checked as any call.
#include <goroutine.h>

static void f(int, int)
{
}

int main()
{
    go_defer(f, 1, 2);
#ifndef GOOD
    go_defer(f, 1);
#endif
}
