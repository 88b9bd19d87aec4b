// SPDX-License-Identifier: MIT
// expect: go: the function object does not take these arguments
#include <goroutine.h>

void test()
{
    go([](double d) { (void)d; }, 1.5);
#ifndef GOOD
    go([](int *p) { (void)p; }, 1.5);
#endif
}
