// SPDX-License-Identifier: MIT
// expect: go_make: a channel copies bytes: the type must be trivially copyable
#include <goroutine.h>

struct owner {
    ~owner() {}
};

void test()
{
    (void)go_make(owner *, 0);
#ifndef GOOD
    (void)go_make(owner, 0);
#endif
}
