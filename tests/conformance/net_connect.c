/* SPDX-License-Identifier: MIT */
/* go_connect waits until the connection stands, or says why it does not; keeps the mode of
 * the socket; and takes up an attempt that a deadline left. */
#include "net_support.h"

static void refused(void)
{
    struct sockaddr_in addr;
    int l = net_listen(&addr, 1);
    CHECK_EQ(go_close_fd(l), 0); /* nobody listens there now */
    int c = go_socket(AF_INET, SOCK_STREAM, 0);
    CHECK_FAILS(go_connect(c, (struct sockaddr *)&addr, sizeof addr), ECONNREFUSED);
    CHECK_EQ(go_close_fd(c), 0);
}

static void keeps_mode(void)
{
    struct sockaddr_in addr;
    int l = net_listen(&addr, 8), plain = socket(AF_INET, SOCK_STREAM, 0);
    int ours = go_socket(AF_INET, SOCK_STREAM, 0);
    CHECK(plain >= 0);
    CHECK_EQ(fcntl(ours, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
    CHECK_EQ(fcntl(ours, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    CHECK_EQ(go_connect(plain, (struct sockaddr *)&addr, sizeof addr), 0);
    CHECK_EQ(go_connect(ours, (struct sockaddr *)&addr, sizeof addr), 0);
    CHECK_EQ(fcntl(plain, F_GETFL) & O_NONBLOCK, 0);
    CHECK_EQ(fcntl(ours, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
    CHECK_FAILS(go_connect(plain, (struct sockaddr *)&addr, sizeof addr), EISCONN);
    CHECK_EQ(go_close_fd(plain), 0);
    CHECK_EQ(go_close_fd(ours), 0);
    CHECK_EQ(go_close_fd(l), 0);
}

static void accept_all(int l)
{
    int s;
    while ((s = go_accept(l, NULL, NULL)) >= 0)
        CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(errno, EBADF);
}

/* With the backlog full the kernel does not answer: the attempts go on, and the kernel asks
 * again after a second, when there is room. */
static void backlog(bool blocking)
{
    enum { N = 6 };
    struct sockaddr_in addr;
    int l = net_listen(&addr, 1), c[N], waiting = 0;
    for (int i = 0; i < N; i++) {
        c[i] = go_socket(AF_INET, SOCK_STREAM, 0);
        if (blocking)
            set_blocking(c[i]);
        int64_t then = go_now() + 5 * GO_MILLISECOND;
        if (go_connect_until(c[i], (struct sockaddr *)&addr, sizeof addr, then) == 0)
            continue;
        CHECK_EQ(errno, ETIMEDOUT);
        CHECK(go_now() >= then);
        int late = c[i];
        c[i] = c[waiting];
        c[waiting++] = late;
    }
    CHECK(waiting > 0); /* there was room for two or three */
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, accept_all, l);
    for (int i = 0; i < waiting; i++)
        CHECK_EQ(go_connect(c[i], (struct sockaddr *)&addr, sizeof addr), 0);
    for (int i = 0; i < N; i++)
        CHECK_EQ(go_close_fd(c[i]), 0);
    CHECK_EQ(go_close_fd(l), 0);
    go_waitgroup_wait(&wg);
}

struct attempt {
    const struct sockaddr_un *addr;
    socklen_t len;
    atomic_int *done;
};

static void connect_unix(struct attempt a, bool blocking)
{
    int c = go_socket(AF_UNIX, SOCK_STREAM, 0);
    if (blocking)
        set_blocking(c);
    CHECK_EQ(go_connect(c, (const struct sockaddr *)a.addr, a.len), 0);
    atomic_fetch_add(a.done, 1);
    CHECK_EQ(go_close_fd(c), 0);
}

/* A Unix socket says EAGAIN, and poll(2) knows nothing of it. */
static void backlog_unix(void)
{
    enum { N = 8 };
    struct sockaddr_un addr;
    socklen_t len;
    atomic_int done = 0;
    go_waitgroup wg = { 0 };
    int l = net_listen_unix(&addr, &len, 1);
    struct attempt a = { &addr, len, &done };
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, connect_unix, a, i % 2 == 0);
    while (atomic_load(&done) < 2) /* as many as it has room for */
        go_yield();
    for (int i = 0; i < N; i++) {
        int s = go_accept(l, NULL, NULL);
        CHECK(s >= 0);
        CHECK_EQ(go_close_fd(s), 0);
    }
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(l), 0);
}

static void unix_bounds(void)
{
    struct sockaddr_un addr;
    socklen_t len;
    int l = net_listen_unix(&addr, &len, 0), c[8], i = 0;
    do
        c[i] = go_socket(AF_UNIX, SOCK_STREAM, 0);
    while (go_connect_until(c[i], (struct sockaddr *)&addr, len, 0) == 0 && ++i < 8);
    CHECK(i > 0 && i < 8);
    CHECK_EQ(errno, ETIMEDOUT);
    go_context *ctx = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    CHECK_FAILS(go_connect_ctx(c[i], (struct sockaddr *)&addr, len, ctx), ETIMEDOUT);
    go_context_drop(ctx);
    CHECK_EQ(go_set_write_deadline(c[i], go_now() + GO_MILLISECOND), 0);
    CHECK_FAILS(go_connect(c[i], (struct sockaddr *)&addr, len), ETIMEDOUT);
    for (; i >= 0; i--)
        CHECK_EQ(go_close_fd(c[i]), 0);
    CHECK_EQ(go_close_fd(l), 0);
}

int main(void)
{
    refused();
    keeps_mode();
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, backlog, false);
    go_waitgroup_go(&wg, backlog, true);
    backlog_unix();
    unix_bounds();
    go_waitgroup_wait(&wg);
    struct sockaddr_in addr = loopback();
    int p[2];
    CHECK_EQ(go_pipe(p), 0);
    CHECK_FAILS(go_connect(p[0], (struct sockaddr *)&addr, sizeof addr), ENOTSOCK);
    CHECK_FAILS(go_connect(19999, (struct sockaddr *)&addr, sizeof addr), EBADF);
}
