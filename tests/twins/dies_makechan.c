/* SPDX-License-Identifier: MIT */
/* A capacity that is negative panics. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    for (int n = 2; n >= -1; n--) {
        go_chan(int64_t) c = go_make(int64_t, n);
        printf("room for %zu\n", go_cap(c));
        go_drop(c);
    }
}
