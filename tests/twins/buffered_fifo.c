/* SPDX-License-Identifier: MIT */
/* A buffered channel is a queue: what goes in first comes out first. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_chan(int) c = go_make(int, 4);
    printf("new: %zu of %zu\n", go_len(c), go_cap(c));

    for (int round = 1; round <= 3; round++) {
        for (int i = 1; i <= 3; i++) /* three at a time: the ring wraps around */
            go_send(c, round * 10 + i);
        printf("filled: %zu of %zu\n", go_len(c), go_cap(c));
        while (go_len(c) > 0) {
            int v;
            go_recv(c, &v);
            printf("took %d\n", v);
        }
    }
    printf("empty: %zu of %zu\n", go_len(c), go_cap(c));
    go_drop(c);
}
