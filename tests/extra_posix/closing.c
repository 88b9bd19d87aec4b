/* SPDX-License-Identifier: MIT */
/* close on a goroutine wakes who waits for the descriptor, with EBADF, in whatever call; and
 * the next descriptor of the same number is not mistaken for it. */
#include "support.h"

#include <poll.h>
#include <stdatomic.h>
#include <sys/select.h>

enum { KINDS = 6 };

static int fds[KINDS][2];
static atomic_int arrived;

static void wait_in(int kind, go_waitgroup *wg)
{
    char c;
    int fd = fds[kind][0];
    struct iovec v = { &c, 1 };
    struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1 };
    struct pollfd p = { fd, POLLIN, 0 };
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    atomic_fetch_add(&arrived, 1);
    switch (kind) {
    case 0:
        CHECK_EQ(read(fd, &c, 1), -1);
        break;
    case 1:
        CHECK_EQ(recv(fd, &c, 1, 0), -1);
        break;
    case 2:
        CHECK_EQ(recvmsg(fd, &m, 0), -1);
        break;
    case 3:
        CHECK_EQ(accept(fd, NULL, NULL), -1);
        break;
    case 4:
        CHECK_EQ(poll(&p, 1, -1), 1);
        CHECK_EQ(p.revents, POLLNVAL);
        errno = EBADF;
        break;
    default:
        CHECK_EQ(select(fd + 1, &set, NULL, NULL, NULL), -1);
    }
    CHECK_EQ(errno, EBADF);
    go_waitgroup_done(wg);
}

static void echo_once(int fd, go_waitgroup *wg)
{
    char c;
    CHECK_EQ(read(fd, &c, 1), 1);
    CHECK_EQ(write(fd, &c, 1), 1);
    go_waitgroup_done(wg);
}

int main(void)
{
    CHECK_IN_FORCE();
    go_waitgroup wg = { 0 };
    struct sockaddr_in at;
    go_maxprocs(1); /* so that who has arrived waits, once another runs */
    for (int round = 0; round < 20; round++) {
        atomic_store(&arrived, 0);
        go_waitgroup_add(&wg, KINDS);
        for (int i = 0; i < KINDS; i++) {
            if (i == 3) {
                fds[i][0] = listen_tcp(1, &at);
                fds[i][1] = dup(0);
            } else {
                CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, fds[i]), 0);
            }
            go(wait_in, i, &wg);
        }
        while (atomic_load(&arrived) < KINDS)
            go_yield();
        for (int i = 0; i < KINDS; i++)
            CHECK_EQ(close(fds[i][0]), 0);
        go_waitgroup_wait(&wg);
        for (int i = 0; i < KINDS; i++) {
            CHECK_EQ(close(fds[i][0]), -1);
            CHECK_EQ(errno, EBADF);
            close(fds[i][1]);
        }
        /* The numbers again. */
        int again[2];
        char c = 'a';
        CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, again), 0);
        go_waitgroup_add(&wg, 1);
        go(echo_once, again[0], &wg);
        CHECK_EQ(write(again[1], "b", 1), 1);
        CHECK_EQ(read(again[1], &c, 1), 1);
        CHECK_EQ(c, 'b');
        go_waitgroup_wait(&wg);
        close(again[0]);
        close(again[1]);
    }
    return 0;
}
