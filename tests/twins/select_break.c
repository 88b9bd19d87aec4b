/* SPDX-License-Identifier: MIT */
/* Leaving a loop from inside a select, and a break that leaves only the select. */
#include <goroutine.h>
#include <stdio.h>

static void feed(go_chan(int) items, go_chan(char) quit)
{
    for (int i = 1; i <= 6; i++)
        go_send(items, i);
    go_close(quit);
}

int main(void)
{
    go_chan(int) items = go_make(int, 0);
    go_chan(char) quit = go_make(char, 0);
    go(feed, items, quit);
    int odd = 0, rounds = 0;
    for (;;) {
        int v;
        rounds++;
        switch (go_select(go_on_recv(items, &v), go_on_recv(quit, NULL))) {
        case 0:
            if (v % 2 == 0)
                break; /* out of the switch */
            odd += v;
            continue;
        case 1:
            goto out;
        }
        printf("%d is even\n", v);
    }
out:
    printf("odd ones %d after %d rounds\n", odd, rounds);
    go_drop(items);
    go_drop(quit);
}
