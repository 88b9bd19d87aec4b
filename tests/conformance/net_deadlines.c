/* SPDX-License-Identifier: MIT */
/* Rule 25: deadlines of a descriptor: in the past, in the future, moved while calls wait;
 * for reads and writes apart; what is passed stays so until it is set anew. */
#include "net_support.h"

/* Who waits until told by a deadline. */
struct waiting {
    int fd;
    ssize_t r;
    int error;
};

static void read_one(struct waiting *w)
{
    char c;
    w->r = go_read(w->fd, &c, 1);
    w->error = errno;
}

/* However late the goroutine comes: the deadline holds for it too. */
static void expect_timeouts(int fd, int64_t then)
{
    enum { N = 3 };
    struct waiting w[N];
    go_waitgroup wg = { 0 };
    for (int i = 0; i < N; i++) {
        w[i].fd = fd;
        go_waitgroup_go(&wg, read_one, &w[i]);
    }
    go_yield();
    CHECK_EQ(go_set_read_deadline(fd, then), 0);
    go_waitgroup_wait(&wg);
    CHECK(go_now() >= then);
    for (int i = 0; i < N; i++) {
        CHECK_EQ(w[i].r, -1);
        CHECK_EQ(w[i].error, ETIMEDOUT);
    }
}

static void reads(struct link l)
{
    char c;
    CHECK_EQ(go_set_read_deadline(l.b.r, go_now() + GO_HOUR), 0);
    expect_timeouts(l.b.r, go_now() + 2 * GO_MILLISECOND); /* moved nearer */
    expect_timeouts(l.b.r, go_now() - 1);
    expect_timeouts(l.b.r, 0);
    CHECK_EQ(go_write(l.a.w, "x", 1), 1);
    CHECK_FAILS(go_read(l.b.r, &c, 1), ETIMEDOUT); /* though there is something */
    CHECK_EQ(go_wait_readable(l.b.r), -ETIMEDOUT);
    CHECK_EQ(go_set_read_deadline(l.b.r, go_now() + GO_HOUR), 0);
    CHECK_EQ(go_wait_readable(l.b.r), 0);
    CHECK_EQ(go_read(l.b.r, &c, 1), 1);
    CHECK_EQ(c, 'x');
    CHECK_EQ(go_set_read_deadline(l.b.r, GO_FOREVER), 0);
}

/* Moved away while a read waits, which then gets what comes. */
static void moved_away(struct link l, int64_t then)
{
    struct waiting w = { .fd = l.b.r };
    go_waitgroup wg = { 0 };
    CHECK_EQ(go_set_read_deadline(l.b.r, go_now() + GO_HOUR), 0);
    go_waitgroup_go(&wg, read_one, &w);
    go_yield();
    CHECK_EQ(go_set_read_deadline(l.b.r, then), 0);
    CHECK_EQ(go_write(l.a.w, "y", 1), 1);
    go_waitgroup_wait(&wg);
    CHECK_EQ(w.r, 1);
}

/* More than any kind has room for. */
static char large[16 << 20];

static void writes(struct link l)
{
    CHECK_EQ(go_set_write_deadline(l.a.w, 0), 0);
    CHECK_FAILS(go_write(l.a.w, "x", 1), ETIMEDOUT);
    CHECK_EQ(go_wait_writable(l.a.w), -ETIMEDOUT);
    CHECK_EQ(go_set_write_deadline(l.a.w, GO_FOREVER), 0);
    CHECK_EQ(go_write(l.a.w, "x", 1), 1);

    /* Until there is no room, and a deadline: as much as has gone. */
    int64_t then = go_now() + 5 * GO_MILLISECOND;
    CHECK_EQ(go_set_write_deadline(l.a.w, then), 0);
    ssize_t n = go_write(l.a.w, large, sizeof large), sum = n;
    CHECK(go_now() >= then);
    if (n < 0)
        CHECK_EQ(errno, ETIMEDOUT);
    CHECK(n < (ssize_t)sizeof large);
    CHECK_FAILS(go_write(l.a.w, large, sizeof large), ETIMEDOUT);
    CHECK_EQ(go_set_write_deadline(l.a.w, GO_FOREVER), 0);

    /* The call's own. */
    n = go_write_until(l.a.w, large, sizeof large, go_now() + GO_MILLISECOND);
    sum = (sum > 0 ? sum : 0) + (n > 0 ? n : 0) + 1;
    while (sum > 0) {
        n = go_read(l.b.r, large, sizeof large);
        CHECK(n > 0 && n <= sum);
        sum -= n;
    }
}

/* What can be done is done, whatever the call's own deadline. */
static void own(struct link l)
{
    char c;
    int64_t then = go_now() + GO_MILLISECOND;
    go_context *ctx = go_context_with_timeout(go_context_background(), 0);
    CHECK_FAILS(go_read_until(l.b.r, &c, 1, then), ETIMEDOUT);
    CHECK(go_now() >= then);
    CHECK_FAILS(go_read_until(l.b.r, &c, 1, 0), ETIMEDOUT);
    CHECK_FAILS(go_read_ctx(l.b.r, &c, 1, ctx), ETIMEDOUT);
    CHECK_EQ(go_wait_readable_until(l.b.r, 0), -ETIMEDOUT);
    CHECK_EQ(go_wait_readable_ctx(l.b.r, ctx), -ETIMEDOUT);
    CHECK_EQ(go_write_until(l.a.w, "a", 1, 0), 1);
    CHECK_EQ(go_write_ctx(l.a.w, "b", 1, ctx), 1);
    CHECK_EQ(go_wait_writable_until(l.a.w, 0), 0);
    CHECK_EQ(go_wait_writable_ctx(l.a.w, ctx), 0);
    CHECK_EQ(go_read_until(l.b.r, &c, 1, 0), 1);
    CHECK_EQ(c, 'a');
    CHECK_EQ(go_read_ctx(l.b.r, &c, 1, ctx), 1);
    CHECK_EQ(c, 'b');
    go_context_drop(ctx);
}

static void read_ctx(int fd, go_context *ctx)
{
    char c;
    CHECK_FAILS(go_read_ctx(fd, &c, 1, ctx), ECANCELED);
}

static void cancelled(struct link l)
{
    go_waitgroup wg = { 0 };
    go_context *ctx = go_context_with_cancel(go_context_background());
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, read_ctx, l.b.r, ctx);
    go_yield();
    go_context_cancel(ctx);
    go_waitgroup_wait(&wg);
    go_context_drop(ctx);
}

int main(void)
{
    for (int k = 0; k < KINDS; k++) {
        struct link l = link_make((enum kind)k);
        reads(l);
        moved_away(l, go_now() + 2 * GO_HOUR);
        moved_away(l, GO_FOREVER);
        CHECK_EQ(go_set_deadline(l.b.r, GO_FOREVER), 0);
        writes(l);
        own(l);
        cancelled(l);
        link_close(l);
    }
    CHECK_EQ(go_set_deadline(-1, 0), -EBADF);
    CHECK_EQ(go_set_deadline(19999, 0), -EBADF);
}
