/* SPDX-License-Identifier: MIT */
/* Rule 25: closing wakes all who read, write, accept, wait or poll there, with EBADF; one
 * of several closers closes. */
#include "net_support.h"

enum { N = 3 };

static char large[16 << 20];

/* Who is about to call: the last thing before it. */
static atomic_int here;

static void arrive(void)
{
    atomic_fetch_add(&here, 1);
}

/* Until all have come, and have had the time to wait.  Who is late all the same is told
 * that the number is closed. */
static void await(int n)
{
    while (atomic_load(&here) < n)
        go_yield();
    go_sleep(GO_MILLISECOND);
    atomic_store(&here, 0);
}

static void reader(int fd)
{
    arrive();
    char c;
    CHECK_FAILS(go_read(fd, &c, 1), EBADF);
}

static void waiter(int fd)
{
    arrive();
    CHECK_EQ(go_wait_readable(fd), -EBADF);
}

/* One of three has written some of it. */
static void writer(int fd)
{
    arrive();
    ssize_t n = go_write(fd, large, sizeof large);
    CHECK(n < (ssize_t)sizeof large);
    if (n < 0)
        CHECK_EQ(errno, EBADF);
}

static void poller(int fd)
{
    arrive();
    struct pollfd p[] = { { -1, POLLIN, 0 }, { fd, POLLIN, 0 } };
    CHECK_EQ(go_poll(p, 2, -1), 1);
    CHECK(p[1].revents & POLLNVAL);
}

static void selecter(int fd)
{
    arrive();
    CHECK_EQ(go_select(go_on_readable(fd)), 0);
}

static void vector_reader(int fd)
{
    arrive();
    char c;
    struct iovec v = { &c, 1 };
    CHECK_FAILS(go_readv(fd, &v, 1), EBADF);
}

static void message_reader(int fd)
{
    arrive();
    char c;
    struct iovec v = { &c, 1 };
    struct msghdr msg = { .msg_iov = &v, .msg_iovlen = 1 };
    CHECK_FAILS(go_recvmsg(fd, &msg, 0), EBADF);
    CHECK_FAILS(go_recvfrom(fd, &c, 1, 0, NULL, NULL), EBADF);
}

static void close_one(int fd, atomic_int *closed)
{
    if (go_close_fd(fd) == 0)
        atomic_fetch_add(closed, 1);
    else
        CHECK_EQ(errno, EBADF);
}

static void close_by_several(int fd)
{
    atomic_int closed = 0;
    go_waitgroup wg = { 0 };
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, close_one, fd, &closed);
    go_waitgroup_wait(&wg);
    CHECK_EQ(atomic_load(&closed), 1);
}

/* Nobody else makes a descriptor here, so the number stays closed for those who come late. */
static void wake_all(enum kind k)
{
    struct link l = link_make(k);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < N; i++) {
        go_waitgroup_go(&wg, reader, l.b.r);
        go_waitgroup_go(&wg, waiter, l.b.r);
        go_waitgroup_go(&wg, poller, l.b.r);
        go_waitgroup_go(&wg, selecter, l.b.r);
        go_waitgroup_go(&wg, vector_reader, l.b.r);
        if (l.b.r == l.b.w)
            go_waitgroup_go(&wg, message_reader, l.b.r);
        go_waitgroup_go(&wg, writer, l.b.w);
    }
    await(N * (l.b.r == l.b.w ? 7 : 6));
    close_by_several(l.b.r);
    if (l.b.w != l.b.r)
        close_by_several(l.b.w);
    go_waitgroup_wait(&wg);
    end_close(l.a);
}

static void acceptor(int fd)
{
    arrive();
    CHECK_FAILS(go_accept(fd, NULL, NULL), EBADF);
}

static void wake_acceptors(bool blocking)
{
    struct sockaddr_in addr;
    go_waitgroup wg = { 0 };
    int l = net_listen(&addr, 1);
    if (blocking)
        set_blocking(l);
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, acceptor, l);
    await(N);
    close_by_several(l);
    go_waitgroup_wait(&wg);
}

int main(void)
{
    for (int k = 0; k < KINDS; k++)
        wake_all((enum kind)k);
    wake_acceptors(false);
    wake_acceptors(true);
    CHECK_FAILS(go_close_fd(-1), EBADF);
    CHECK_FAILS(go_close_fd(19999), EBADF);
    char c;
    CHECK_FAILS(go_read(19999, &c, 1), EBADF);
    CHECK_FAILS(go_write(-5, &c, 1), EBADF);
}
