/* SPDX-License-Identifier: MIT */
/* Rule 25: a thousand pipes in a row, a goroutine at each joint; numbers go through all of
 * them, and the end does. */
#include "net_support.h"

static void pass_on(int from, int to)
{
    int64_t n;
    while (read_full(from, &n, sizeof n) == sizeof n) {
        n++;
        CHECK_EQ(go_write(to, &n, sizeof n), sizeof n);
    }
    CHECK_EQ(go_close_fd(from), 0);
    CHECK_EQ(go_close_fd(to), 0);
}

int main(void)
{
    int pipes = test_scale(1000, 200), first[2], p[2];
    CHECK_EQ(go_pipe(first), 0);
    int from = first[0];
    for (int i = 1; i < pipes; i++) {
        CHECK_EQ(go_pipe(p), 0);
        go(pass_on, from, p[1]);
        from = p[0];
    }
    for (int64_t i = 0; i < 20; i++)
        CHECK_EQ(go_write(first[1], &i, sizeof i), sizeof i);
    for (int64_t i = 0, n; i < 20; i++) {
        CHECK_EQ(read_full(from, &n, sizeof n), sizeof n);
        CHECK_EQ(n, i + pipes - 1);
    }
    CHECK_EQ(go_close_fd(first[1]), 0);
    CHECK_EQ(go_read(from, &(char){ 0 }, 1), 0);
    CHECK_EQ(go_close_fd(from), 0);
}
