/* SPDX-License-Identifier: MIT */
/* Go: a channel of negative capacity panics. */
#include <goroutine.h>

static __attribute__((noinline)) void make_it(int64_t capacity)
{
    go_chan(int) c = go_make(int, capacity);
    go_drop(c);
}

int main(void)
{
    make_it(-1);
    return 0;
}
