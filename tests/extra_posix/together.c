/* SPDX-License-Identifier: MIT */
/* The library's own calls in the same program: they find the hooks as everybody else does,
 * and do what they do without them. */
#include "support.h"

#include <goroutine/net.h>

#include <poll.h>
#include <sys/wait.h>

enum { CONNECTIONS = 40, ROUNDS = 10 };

/* One side by the library's names, the other by libc's. */
static void serve(int fd, bool ours, go_waitgroup *wg)
{
    char buf[64];
    for (;;) {
        ssize_t n = ours ? go_read(fd, buf, sizeof buf) : read(fd, buf, sizeof buf);
        if (n <= 0)
            break;
        CHECK_EQ(ours ? write(fd, buf, (size_t)n) : go_write(fd, buf, (size_t)n), n);
    }
    CHECK_EQ(ours ? close(fd) : go_close_fd(fd), 0);
    go_waitgroup_done(wg);
}

static void ask(const struct sockaddr_in *at, bool ours, go_waitgroup *wg)
{
    char buf[64] = "";
    int fd = ours ? go_socket(AF_INET, SOCK_STREAM, 0) : socket(AF_INET, SOCK_STREAM, 0);
    CHECK(fd >= 0);
    const struct sockaddr *to = (const struct sockaddr *)at;
    CHECK_EQ(ours ? go_connect(fd, to, sizeof *at) : connect(fd, to, sizeof *at), 0);
    for (int i = 0; i < ROUNDS; i++) {
        CHECK_EQ(ours ? go_write(fd, "question", 8) : write(fd, "question", 8), 8);
        struct pollfd p = { fd, POLLIN, 0 };
        CHECK_EQ(i % 2 ? go_poll(&p, 1, -1) : poll(&p, 1, -1), 1);
        CHECK_EQ(ours ? go_read(fd, buf, sizeof buf) : read(fd, buf, sizeof buf), 8);
        CHECK(memcmp(buf, "question", 8) == 0);
    }
    CHECK_EQ(ours ? go_close_fd(fd) : close(fd), 0);
    go_waitgroup_done(wg);
}

static void sockets(void)
{
    struct sockaddr_in at;
    go_waitgroup wg = { 0 };
    int l = listen_tcp(CONNECTIONS, &at);
    for (int round = 0; round < 2; round++) {
        go_waitgroup_add(&wg, 2 * CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++)
            go(ask, &at, i % 2 == 0, &wg);
        for (int i = 0; i < CONNECTIONS; i++) {
            int c = round ? go_accept4(l, NULL, NULL, 0) : accept(l, NULL, NULL);
            CHECK(c >= 0);
            go(serve, c, i % 3 == 0, &wg);
        }
        go_waitgroup_wait(&wg);
    }
    CHECK_EQ(go_close_fd(l), 0);
}

/* Descriptors of ours do not block: libc's calls on them say EAGAIN. */
static void not_blocking(void)
{
    int fds[2];
    char c;
    CHECK_EQ(go_pipe(fds), 0);
    CHECK_EQ(read(fds[0], &c, 1), -1);
    CHECK_EQ(errno, EAGAIN);
    CHECK_EQ(write(fds[1], "x", 1), 1);
    CHECK_EQ(go_read_until(fds[0], &c, 1, 0), 1);
    CHECK_EQ(go_read_until(fds[0], &c, 1, go_now() + GO_MILLISECOND), -1);
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(go_close_fd(fds[0]), 0);
    CHECK_EQ(close(fds[1]), 0);
}

/* A deadline of the library's holds for libc's calls too. */
static void deadlines(void)
{
    int fds[2];
    char c;
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    CHECK_EQ(go_set_read_deadline(fds[0], go_now() + 2 * GO_MILLISECOND), 0);
    CHECK_EQ(read(fds[0], &c, 1), -1);
    CHECK_EQ(errno, ETIMEDOUT);
    CHECK_EQ(go_set_read_deadline(fds[0], GO_FOREVER), 0);
    CHECK_EQ(write(fds[1], "x", 1), 1);
    CHECK_EQ(read(fds[0], &c, 1), 1);
    close(fds[0]);
    close(fds[1]);
}

static void sleep_a_little(void)
{
    CHECK_EQ(usleep(1000), 0);
}

int main(void)
{
    CHECK_IN_FORCE();
    sockets();
    not_blocking();
    deadlines();
    go_block(sleep_a_little);
    go_verify();
    return 0;
}
