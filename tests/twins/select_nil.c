/* SPDX-License-Identifier: MIT */
/* Merge two streams: a stream that has ended is set to NULL, and a nil channel
 * is never chosen. */
#include <goroutine.h>
#include <stdio.h>

static void count(int from, int to, go_chan(int) c)
{
    for (int i = from; i < to; i++)
        go_send(c, i);
    go_close(c);
}

int main(void)
{
    go_chan(int) small = go_make(int, 0);
    go_chan(int) large = go_make(int, 0);
    go(count, 0, 10, small);
    go(count, 100, 150, large);

    int small_sum = 0, large_sum = 0;
    while (small || large) {
        int s, l;
        switch (go_select(go_on_recv(small, &s), go_on_recv(large, &l))) {
        case 0:
            small_sum += s;
            if (!go_selected_ok()) {
                go_drop(small);
                small = NULL;
            }
            break;
        case 1:
            large_sum += l;
            if (!go_selected_ok()) {
                go_drop(large);
                large = NULL;
            }
            break;
        }
    }
    printf("small sum %d\n", small_sum);
    printf("large sum %d\n", large_sum);
}
