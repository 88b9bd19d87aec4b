/* SPDX-License-Identifier: MIT */
/* go_accept: connections as they come, from a listener in either mode, among several who
 * accept; the flags of what it returns; errors. */
#include "net_support.h"

#include <sys/resource.h>

enum { N = 40, ACCEPTORS = 4 };

static void accept_some(int l, atomic_int *left)
{
    while (atomic_fetch_sub(left, 1) > 0) {
        struct sockaddr_in peer = { 0 };
        socklen_t len = sizeof peer;
        int s = go_accept(l, (struct sockaddr *)&peer, &len);
        CHECK(s >= 0);
        CHECK_EQ(len, sizeof peer);
        CHECK_EQ(peer.sin_family, AF_INET);
        CHECK_EQ(go_write(s, &peer.sin_port, sizeof peer.sin_port), 2);
        CHECK_EQ(go_close_fd(s), 0);
    }
}

/* Each client is told its own port. */
static void client(struct sockaddr_in addr)
{
    struct sockaddr_in mine;
    socklen_t len = sizeof mine;
    in_port_t port;
    int c = go_socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQ(go_connect(c, (struct sockaddr *)&addr, sizeof addr), 0);
    CHECK_EQ(getsockname(c, (struct sockaddr *)&mine, &len), 0);
    CHECK_EQ(read_full(c, &port, sizeof port), sizeof port);
    CHECK_EQ(port, mine.sin_port);
    CHECK_EQ(go_close_fd(c), 0);
}

static void several(bool blocking)
{
    struct sockaddr_in addr;
    int l = net_listen(&addr, N);
    go_waitgroup wg = { 0 };
    atomic_int left = N;
    if (blocking)
        set_blocking(l);
    for (int i = 0; i < ACCEPTORS; i++)
        go_waitgroup_go(&wg, accept_some, l, &left);
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, client, addr);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(l), 0);
}

static int connection(const struct sockaddr_in *addr)
{
    int c = go_socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQ(go_connect(c, (const struct sockaddr *)addr, sizeof *addr), 0);
    return c;
}

static void flags(void)
{
    struct sockaddr_in addr;
    int l = net_listen(&addr, 4);
    int c[3] = { connection(&addr), connection(&addr), connection(&addr) };
    int s[3] = { go_accept(l, NULL, NULL), go_accept4(l, NULL, NULL, 0),
                 go_accept4(l, NULL, NULL, SOCK_NONBLOCK) };
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(fcntl(s[i], F_GETFL) & O_NONBLOCK, i == 1 ? 0 : O_NONBLOCK);
        CHECK_EQ(fcntl(s[i], F_GETFD) & FD_CLOEXEC, i == 0 ? FD_CLOEXEC : 0);
        CHECK_EQ(go_close_fd(s[i]), 0);
        CHECK_EQ(go_close_fd(c[i]), 0);
    }
    CHECK_FAILS(go_accept4(l, NULL, NULL, 1), EINVAL);
    CHECK_EQ(go_close_fd(l), 0);
}

static void bounds(void)
{
    struct sockaddr_in addr;
    int l = net_listen(&addr, 4);
    int64_t then = go_now() + GO_MILLISECOND;
    CHECK_FAILS(go_accept_until(l, NULL, NULL, then), ETIMEDOUT);
    CHECK(go_now() >= then);
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_cancel(ctx);
    CHECK_FAILS(go_accept_ctx(l, NULL, NULL, ctx), ECANCELED);
    CHECK_EQ(go_set_read_deadline(l, 0), 0);
    CHECK_FAILS(go_accept(l, NULL, NULL), ETIMEDOUT);
    CHECK_EQ(go_set_read_deadline(l, GO_FOREVER), 0);
    int c = connection(&addr), s = go_accept_until(l, NULL, NULL, 0);
    CHECK(s >= 0); /* there was one */
    CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(go_close_fd(c), 0);
    go_context_drop(ctx);
    CHECK_EQ(go_close_fd(l), 0);
}

/* Out of descriptors: an error each time, and the connection is there when there are some. */
static void no_descriptors(void)
{
    struct sockaddr_in addr;
    struct rlimit old, few;
    int l = net_listen(&addr, 4), c = connection(&addr), next = dup(0);
    CHECK(next >= 0 && close(next) == 0);
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
    few = (struct rlimit){ (rlim_t)next, old.rlim_max };
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    CHECK_FAILS(go_accept(l, NULL, NULL), EMFILE);
    CHECK_FAILS(go_accept(l, NULL, NULL), EMFILE);
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &old), 0);
    int s = go_accept(l, NULL, NULL);
    CHECK(s >= 0);
    CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(l), 0);
}

static void none(void)
{
    int p[2], s = go_socket(AF_INET, SOCK_STREAM, 0), u = go_socket(AF_INET, SOCK_DGRAM, 0);
    CHECK_EQ(go_pipe(p), 0);
    for (int blocking = 0; blocking < 2; blocking++) {
        CHECK_FAILS(go_accept(s, NULL, NULL), EINVAL);
        CHECK_FAILS(go_accept(u, NULL, NULL), EOPNOTSUPP);
        CHECK_FAILS(go_accept(p[0], NULL, NULL), ENOTSOCK);
        set_blocking(s);
        set_blocking(u);
        set_blocking(p[0]);
    }
    CHECK_FAILS(go_accept(19999, NULL, NULL), EBADF);
}

int main(void)
{
    several(false);
    several(true);
    flags();
    bounds();
    no_descriptors();
    none();
}
