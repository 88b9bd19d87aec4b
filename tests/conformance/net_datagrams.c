/* SPDX-License-Identifier: MIT */
/* Datagrams: whole, from whom, also empty ones; UDP and Unix; senders wait for room at the
 * far end of a Unix socket, whether they are connected to it or not. */
#include "net_support.h"

static int udp(struct sockaddr_in *addr, bool blocking)
{
    socklen_t len = sizeof *addr;
    int s = go_socket(AF_INET, SOCK_DGRAM, 0);
    CHECK(s >= 0);
    *addr = loopback();
    CHECK_EQ(bind(s, (struct sockaddr *)addr, len), 0);
    CHECK_EQ(getsockname(s, (struct sockaddr *)addr, &len), 0);
    if (blocking)
        set_blocking(s);
    return s;
}

static void answer(int s, int n)
{
    char buf[2000];
    for (int i = 0; i < n; i++) {
        struct sockaddr_in from;
        socklen_t len = sizeof from;
        ssize_t r = go_recvfrom(s, buf, sizeof buf, 0, (struct sockaddr *)&from, &len);
        CHECK(r >= 0);
        CHECK_EQ(len, sizeof from);
        CHECK_EQ(go_sendto(s, buf, (size_t)r, 0, (struct sockaddr *)&from, len), r);
    }
}

/* One at a time is on its way, so none is dropped. */
static void there_and_back(bool blocking)
{
    enum { N = 100 };
    struct sockaddr_in a, b, from;
    socklen_t len = sizeof from;
    int s = udp(&a, blocking), c = udp(&b, blocking);
    char buf[2000] = { 0 };
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, answer, s, N);
    for (int i = 0; i < N; i++) {
        size_t n = (size_t)i * 10; /* the first is empty */
        memset(buf, i, n);
        CHECK_EQ(go_sendto(c, buf, n, 0, (struct sockaddr *)&a, sizeof a), n);
        CHECK_EQ(go_recvfrom(c, buf, sizeof buf, 0, (struct sockaddr *)&from, &len), n);
        CHECK_EQ(from.sin_port, a.sin_port);
        CHECK(n == 0 || (buf[0] == (char)i && buf[n - 1] == (char)i));
    }
    go_waitgroup_wait(&wg);

    /* Connected: by read and write, whole or cut. */
    CHECK_EQ(go_connect(c, (struct sockaddr *)&a, sizeof a), 0);
    CHECK_EQ(go_connect(s, (struct sockaddr *)&b, sizeof b), 0);
    CHECK_EQ(go_write(c, "hello", 5), 5);
    CHECK_EQ(go_write(c, "world", 5), 5);
    CHECK_EQ(go_read(s, buf, 3), 3); /* the rest of it is lost */
    CHECK_EQ(go_read(s, buf, 0), 0); /* takes none */
    struct iovec v[] = { { buf, 2 }, { buf + 2, 100 } };
    CHECK_EQ(go_readv(s, v, 2), 5);
    CHECK_EQ(memcmp(buf, "world", 5), 0);
    CHECK_EQ(go_write(c, "", 0), 0);
    CHECK_EQ(go_read(s, buf, 1), 0);
    CHECK_EQ(go_writev(c, v, 0), 0);
    CHECK_FAILS(go_recvfrom(s, buf, 1, MSG_DONTWAIT, NULL, NULL), EAGAIN);
    CHECK_FAILS(go_read_until(s, buf, 1, go_now() + GO_MILLISECOND), ETIMEDOUT);
    CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(go_close_fd(c), 0);
}

static int unix_bound(struct sockaddr_un *addr, socklen_t *len)
{
    int s = go_socket(AF_UNIX, SOCK_DGRAM, 0);
    CHECK(s >= 0);
    *addr = (struct sockaddr_un){ .sun_family = AF_UNIX };
    *len = sizeof *addr;
    CHECK_EQ(bind(s, (struct sockaddr *)addr, sizeof addr->sun_family), 0);
    CHECK_EQ(getsockname(s, (struct sockaddr *)addr, len), 0);
    return s;
}

struct sender {
    const struct sockaddr_un *addr;
    socklen_t len;
    bool connected;
    int first, n;
};

static void send_numbers(struct sender a)
{
    int s = go_socket(AF_UNIX, SOCK_DGRAM, 0);
    if (a.connected)
        CHECK_EQ(go_connect(s, (const struct sockaddr *)a.addr, a.len), 0);
    for (int i = a.first; i < a.first + a.n; i++)
        if (a.connected)
            CHECK_EQ(go_write(s, &i, sizeof i), sizeof i);
        else
            CHECK_EQ(go_sendto(s, &i, sizeof i, 0, (const struct sockaddr *)a.addr, a.len),
                     sizeof i);
    CHECK_EQ(go_close_fd(s), 0);
}

/* Far more than the queue of ten or so that a Unix socket has. */
static void no_room(bool connected)
{
    enum { SENDERS = 3, N = 100 };
    static bool seen[SENDERS * N];
    struct sockaddr_un addr;
    socklen_t len;
    go_waitgroup wg = { 0 };
    int s = unix_bound(&addr, &len);
    memset(seen, 0, sizeof seen);
    for (int i = 0; i < SENDERS; i++) {
        struct sender a = { &addr, len, connected, i * N, N };
        go_waitgroup_go(&wg, send_numbers, a);
    }
    for (int i = 0, v; i < SENDERS * N; i++) {
        CHECK_EQ(go_read(s, &v, sizeof v), sizeof v);
        CHECK(v >= 0 && v < SENDERS * N && !seen[v]);
        seen[v] = true;
        if (i % 16 == 0)
            go_yield();
    }
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(s), 0);
}

/* Who waits for room at the far end is told of deadlines, and of the close. */
static void waits_for_room(int s, int *error)
{
    while (go_write(s, "x", 1) == 1)
        ;
    *error = errno;
}

static void no_room_ends(void)
{
    struct sockaddr_un addr;
    socklen_t len;
    int s = unix_bound(&addr, &len), c = go_socket(AF_UNIX, SOCK_DGRAM, 0), n = 0, error = 0;
    while (go_sendto(c, "x", 1, MSG_DONTWAIT, (struct sockaddr *)&addr, len) == 1)
        n++;
    CHECK_EQ(errno, EAGAIN);
    CHECK(n > 0);
    CHECK_EQ(go_set_write_deadline(c, go_now() + GO_MILLISECOND), 0);
    CHECK_FAILS(go_sendto(c, "x", 1, 0, (struct sockaddr *)&addr, len), ETIMEDOUT);
    CHECK_EQ(go_set_write_deadline(c, GO_FOREVER), 0);
    CHECK_EQ(go_connect(c, (struct sockaddr *)&addr, len), 0);
    CHECK_FAILS(go_write_until(c, "x", 1, go_now() + GO_MILLISECOND), ETIMEDOUT);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, waits_for_room, c, &error);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_close_fd(c), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(error, EBADF);
    CHECK_EQ(go_close_fd(s), 0);
}

int main(void)
{
    there_and_back(false);
    there_and_back(true);
    no_room(true);
    no_room(false);
    no_room_ends();
}
