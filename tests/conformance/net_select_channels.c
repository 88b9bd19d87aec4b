/* SPDX-License-Identifier: MIT */
/* A select over descriptors and channels: each wakes it, whatever it waited for before, and
 * every message of either kind is taken once. */
#include "net_support.h"

static void feed_channel(go_chan(int) c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

static void feed_pipe(int fd, int n)
{
    for (int i = 0; i < n; i++)
        CHECK_EQ(go_write(fd, &i, sizeof i), sizeof i);
    CHECK_EQ(go_close_fd(fd), 0);
}

int main(void)
{
    int n = test_scale(2000, 200), p[2][2], next[3] = { 0 }, open = 3, v;
    go_chan(int) c = go_make(int, 0);
    go(feed_channel, c, n);
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(i ? pipe(p[i]) : go_pipe(p[i]), 0);
        go(feed_pipe, p[i][1], n);
    }
    go_chan(int) from = c;
    while (open) {
        int k = go_select(go_on_recv(from, &v), go_on_readable(p[0][0]), go_on_readable(p[1][0]));
        bool got = k == 0 ? go_selected_ok() : read_full(p[k - 1][0], &v, sizeof v) == sizeof v;
        if (got) {
            CHECK_EQ(v, next[k]++);
            continue;
        }
        CHECK_EQ(next[k], n);
        open--;
        if (k == 0)
            from = NULL;
        else /* an end that has been seen would be seen for ever */
            CHECK(go_pipe(p[k - 1]) == 0);
    }
    go_drop(c);
}
