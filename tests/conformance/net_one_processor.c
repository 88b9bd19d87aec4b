/* SPDX-License-Identifier: MIT */
/* With one processor, and main bound to its thread: calls of main and of others wait for
 * each other without end. */
#include "net_support.h"

static void answer(struct end e)
{
    char buf[64];
    ssize_t n;
    while ((n = go_read(e.r, buf, sizeof buf)) > 0)
        CHECK_EQ(go_write(e.w, buf, (size_t)n), n);
}

int main(void)
{
    go_maxprocs(1);
    go_lock_thread();
    for (int k = 0; k < KINDS; k++) {
        struct link l = link_make((enum kind)k);
        go_waitgroup wg = { 0 };
        go_waitgroup_go(&wg, answer, l.b);
        for (int i = 0, back; i < test_scale(300, 50); i++) {
            CHECK_EQ(go_write(l.a.w, &i, sizeof i), sizeof i);
            if (i % 3 == 0)
                CHECK_EQ(go_wait_readable(l.a.r), 0);
            if (i % 3 == 1) {
                struct pollfd p = { l.a.r, POLLIN, 0 };
                CHECK_EQ(go_poll(&p, 1, -1), 1);
            }
            CHECK_EQ(read_full(l.a.r, &back, sizeof back), sizeof back);
            CHECK_EQ(back, i);
        }
        end_close(l.a);
        go_waitgroup_wait(&wg);
        end_close(l.b);
    }
    go_unlock_thread();
}
