/* SPDX-License-Identifier: MIT */
/* go_poll as poll(2): what is ready now, what becomes ready, timeouts, numbers that are
 * none, files, and events that nobody asked for, which do not make it spin. */
#include "net_support.h"

static void now(void)
{
    struct link l = link_make(PAIR);
    struct pollfd p[] = {
        { l.a.r, POLLIN, 0 }, { l.a.w, POLLOUT, 0 }, { -1, POLLIN, 7 }, { 19999, POLLIN, 0 }
    };
    CHECK_EQ(go_poll(p, 4, -1), 2);
    CHECK_EQ(p[0].revents, 0);
    CHECK_EQ(p[1].revents, POLLOUT);
    CHECK_EQ(p[2].revents, 0);
    CHECK_EQ(p[3].revents, POLLNVAL);
    CHECK_EQ(go_poll(p, 1, 0), 0);
    int64_t then = go_now() + 2 * GO_MILLISECOND;
    CHECK_EQ(go_poll(p, 1, 2), 0);
    CHECK(go_now() >= then);
    CHECK_EQ(go_poll(NULL, 0, 1), 0);
    CHECK_EQ(go_poll_until(p, 1, then), 0);
    CHECK_EQ(go_poll_until(p, 1, go_now() + GO_MILLISECOND), 0);
    go_context *ctx = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    CHECK_FAILS(go_poll_ctx(p, 1, ctx), ETIMEDOUT);
    CHECK_EQ(go_poll_ctx(p, 2, ctx), 1);
    go_context_drop(ctx);
    ctx = go_context_with_cancel(go_context_background());
    go_context_cancel(ctx);
    CHECK_FAILS(go_poll_ctx(p, 1, ctx), ECANCELED);
    go_context_drop(ctx);
    int file = open("/proc/self/exe", O_RDONLY);
    struct pollfd f = { file, POLLIN, 0 };
    CHECK_EQ(go_poll(&f, 1, -1), 1);
    CHECK_EQ(go_close_fd(file), 0);
    link_close(l);
}

static void write_after(int fd, const char *what)
{
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_write(fd, what, 1), 1);
}

/* One of many, and of a few: first and last, twice the same. */
static void becomes_ready(int n)
{
    int(*pipes)[2] = malloc((size_t)n * sizeof *pipes);
    struct pollfd *p = malloc((size_t)n * sizeof *p);
    char c;
    CHECK(pipes && p);
    for (int i = 0; i < n; i++) {
        CHECK_EQ(go_pipe(pipes[i]), 0);
        p[i] = (struct pollfd){ pipes[i][0], POLLIN, 0 };
    }
    for (int i = 0; i < n; i += n / 3 + 1) {
        go_waitgroup wg = { 0 };
        go_waitgroup_go(&wg, write_after, pipes[i][1], "x");
        CHECK_EQ(go_poll(p, (nfds_t)n, i % 2 ? 100000 : -1), 1);
        CHECK_EQ(p[i].revents, POLLIN);
        CHECK_EQ(go_read(pipes[i][0], &c, 1), 1);
        go_waitgroup_wait(&wg);
    }
    p[n - 1] = p[0];
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, write_after, pipes[0][1], "x");
    CHECK_EQ(go_poll(p, (nfds_t)n, -1), 2);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < n; i++) {
        CHECK_EQ(go_close_fd(pipes[i][0]), 0);
        CHECK_EQ(go_close_fd(pipes[i][1]), 0);
    }
    free(pipes);
    free(p);
}

/* Both sides of one, and the end of it. */
static void both_sides(void)
{
    struct link l = link_make(TCP);
    static char large[16 << 20];
    CHECK_EQ(go_set_write_deadline(l.a.w, go_now() + GO_MILLISECOND), 0);
    while (go_write(l.a.w, large, sizeof large) > 0)
        ;
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(go_set_write_deadline(l.a.w, GO_FOREVER), 0);
    struct pollfd p = { l.a.r, POLLIN | POLLOUT, 0 };
    CHECK_EQ(go_poll(&p, 1, 1), 0);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, write_after, l.b.w, "x");
    CHECK_EQ(go_poll(&p, 1, -1), 1);
    CHECK_EQ(p.revents, POLLIN);
    go_waitgroup_wait(&wg);

    /* Bytes that lie there are no event for who waits for the end alone. */
    int64_t then = go_now() + 5 * GO_MILLISECOND;
    p.events = POLLRDHUP;
    CHECK_EQ(go_poll_until(&p, 1, then), 0);
    p.events = 0;
    CHECK_EQ(go_poll(&p, 1, 1), 0);
    end_close(l.b);
    CHECK_EQ(go_poll(&p, 1, -1), 1);
    CHECK(p.revents & (POLLHUP | POLLERR));
    end_close(l.a);
}

/* The deadline of a descriptor: a read would not wait. */
static void deadline(void)
{
    struct link l = link_make(PAIR);
    struct pollfd p = { l.a.r, POLLIN, 0 };
    CHECK_EQ(go_set_read_deadline(l.a.r, go_now() + GO_MILLISECOND), 0);
    CHECK_EQ(go_poll(&p, 1, -1), 1);
    CHECK_EQ(p.revents, POLLIN);
    p.events = POLLPRI;
    CHECK_EQ(go_poll(&p, 1, -1), 1);
    CHECK_EQ(p.revents, POLLERR);
    link_close(l);
}

int main(void)
{
    now();
    becomes_ready(2);
    becomes_ready(8);
    becomes_ready(9);
    becomes_ready(test_scale(300, 40));
    both_sides();
    deadline();
}
