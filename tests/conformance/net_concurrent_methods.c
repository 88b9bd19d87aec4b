/* SPDX-License-Identifier: MIT */
/* Rule 25: every call on one connection at once, from many goroutines. */
#include "net_support.h"

enum { N = 20 };

static void reads(int fd)
{
    char buf[1024];
    ssize_t n = go_read(fd, buf, sizeof buf);
    CHECK(n >= 0 || errno == ETIMEDOUT);
}

static void writes(int fd)
{
    char buf[1024] = { 0 };
    ssize_t n = go_write(fd, buf, sizeof buf);
    CHECK(n >= 0 || errno == ETIMEDOUT);
}

static void sets_deadlines(int r, int w)
{
    CHECK_EQ(go_set_deadline(r, go_now() + 10 * GO_MILLISECOND), 0);
    CHECK_EQ(go_set_deadline(w, go_now() + 10 * GO_MILLISECOND), 0);
}

static void sets_reads(int fd)
{
    CHECK_EQ(go_set_read_deadline(fd, go_now() + 10 * GO_MILLISECOND), 0);
}

static void sets_writes(int fd)
{
    CHECK_EQ(go_set_write_deadline(fd, go_now() + 10 * GO_MILLISECOND), 0);
}

static void asks(int fd)
{
    struct pollfd p = { fd, POLLIN | POLLOUT, 0 };
    CHECK(go_poll(&p, 1, 1) >= 0);
    int err = go_wait_readable_until(fd, go_now() + GO_MILLISECOND);
    CHECK(err == 0 || err == -ETIMEDOUT);
}

int main(void)
{
    for (int k = 0; k < KINDS; k++) {
        struct link l = link_make((enum kind)k);
        go_waitgroup wg = { 0 };
        sets_deadlines(l.b.r, l.b.w);
        for (int i = 0; i < N; i++) {
            go_waitgroup_go(&wg, reads, l.b.r);
            go_waitgroup_go(&wg, writes, l.b.w);
            go_waitgroup_go(&wg, sets_deadlines, l.b.r, l.b.w);
            go_waitgroup_go(&wg, sets_reads, l.b.r);
            go_waitgroup_go(&wg, sets_writes, l.b.w);
            go_waitgroup_go(&wg, asks, l.b.r);
        }
        go_waitgroup_wait(&wg);
        link_close(l);
    }
}
