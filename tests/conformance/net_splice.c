/* SPDX-License-Identifier: MIT */
/* go_splice: a proxy that never sees the bytes, between connections of every kind; it waits
 * for either side, and is ended by deadlines and by the close of either. */
#include "net_support.h"

enum { SIZE = 300000 };

static char content[SIZE], got[SIZE];

/* From in by way of a pipe to out, to the end. */
static void proxy(int in, int out, int pipe_mode)
{
    int p[2];
    CHECK_EQ(pipe2(p, O_CLOEXEC | pipe_mode), 0);
    for (;;) {
        ssize_t n = go_splice(in, NULL, p[1], NULL, 100000, SPLICE_F_MOVE);
        CHECK(n >= 0);
        if (n == 0)
            break;
        for (ssize_t left = n, r; left > 0; left -= r) {
            r = go_splice(p[0], NULL, out, NULL, (size_t)left, SPLICE_F_MOVE);
            CHECK(r > 0);
        }
    }
    CHECK_EQ(go_close_fd(p[0]), 0);
    CHECK_EQ(go_close_fd(p[1]), 0);
}

static void give(int fd)
{
    CHECK_EQ(go_write(fd, content, SIZE), SIZE);
}

static void between(enum kind from, enum kind to, int pipe_mode)
{
    struct link a = link_make(from), b = link_make(to);
    go_waitgroup wg = { 0 }, sent = { 0 };
    memset(got, 0, SIZE);
    go_waitgroup_go(&sent, give, a.a.w);
    go_waitgroup_go(&wg, proxy, a.b.r, b.a.w, pipe_mode);
    CHECK_EQ(read_full(b.b.r, got, SIZE), SIZE);
    CHECK_EQ(memcmp(got, content, SIZE), 0);
    go_waitgroup_wait(&sent);
    end_close(a.a);
    go_waitgroup_wait(&wg);
    end_close(a.b);
    link_close(b);
}

static void until_closed(int in, int out)
{
    CHECK_FAILS(go_splice(in, NULL, out, NULL, SIZE, 0), EBADF);
}

/* The pipe is full, in has something: it waits for the pipe, and learns of the end of in. */
static void ended(enum kind k)
{
    struct link l = link_make(k);
    int p[2];
    CHECK_EQ(go_pipe(p), 0);
    CHECK_FAILS(go_splice(l.b.r, NULL, p[1], NULL, 10, SPLICE_F_NONBLOCK), EAGAIN);
    CHECK_EQ(go_set_read_deadline(l.b.r, go_now() + GO_MILLISECOND), 0);
    CHECK_FAILS(go_splice(l.b.r, NULL, p[1], NULL, 10, 0), ETIMEDOUT);
    CHECK_EQ(go_set_read_deadline(l.b.r, GO_FOREVER), 0);
    CHECK_EQ(go_write(l.a.w, "x", 1), 1);
    while (go_write_until(p[1], content, 4096, 0) > 0)
        ;
    CHECK_EQ(go_set_write_deadline(p[1], go_now() + GO_MILLISECOND), 0);
    CHECK_FAILS(go_splice(l.b.r, NULL, p[1], NULL, 10, 0), ETIMEDOUT);
    CHECK_EQ(go_set_write_deadline(p[1], GO_FOREVER), 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, until_closed, l.b.r, p[1]);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_close_fd(k % 2 ? l.b.r : p[1]), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(p[0]), 0);
    if (k % 2) {
        CHECK_EQ(go_close_fd(p[1]), 0);
        if (l.b.w != l.b.r)
            CHECK_EQ(go_close_fd(l.b.w), 0);
    } else {
        end_close(l.b);
    }
    end_close(l.a);
}

int main(void)
{
    struct link l = link_make(PAIR);
    for (int i = 0; i < SIZE; i++)
        content[i] = (char)(i * 13 + i / 777);
    for (int k = 0; k < KINDS; k++) {
        between((enum kind)k, TCP, O_NONBLOCK);
        between((enum kind)k, BLOCKING_TCP, 0);
        between(UNIX, (enum kind)k, 0);
        ended((enum kind)k);
    }
    CHECK_FAILS(go_splice(l.a.r, NULL, l.b.r, NULL, 10, 0), EINVAL); /* no pipe */
    CHECK_FAILS(go_splice(l.a.r, NULL, 19999, NULL, 10, 0), EBADF);
    end_close(l.b); /* no signal */
    int p[2];
    CHECK_EQ(go_pipe(p), 0);
    CHECK_EQ(go_write(p[1], "x", 1), 1);
    CHECK_FAILS(go_splice(p[0], NULL, l.a.w, NULL, 1, 0), EPIPE);
}
