/* SPDX-License-Identifier: MIT */
/* Several senders, one channel; whoever sees the last sender end closes it. */
#include <goroutine.h>
#include <stdio.h>

enum { SENDERS = 4, EACH = 25 };

static void sender(int id, go_chan(int) c)
{
    for (int i = 0; i < EACH; i++)
        go_send(c, id * EACH + i);
}

static void close_after(go_waitgroup *wg, go_chan(int) c)
{
    go_waitgroup_wait(wg);
    go_close(c);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_waitgroup wg = { 0 };
    for (int id = 0; id < SENDERS; id++)
        go_waitgroup_go(&wg, sender, id, c);
    go(close_after, &wg, c);

    bool seen[SENDERS * EACH] = { false };
    int last[SENDERS] = { 0 };
    bool in_order = true;
    go_range (v, c) {
        seen[v] = true;
        in_order = in_order && v % EACH >= last[v / EACH];
        last[v / EACH] = v % EACH;
    }

    int count = 0;
    for (int v = 0; v < SENDERS * EACH; v++)
        count += seen[v];
    printf("different values: %d\n", count);
    printf("each sender in order: %s\n", in_order ? "true" : "false");
    go_drop(c);
}
