/* SPDX-License-Identifier: MIT */
/* Connections of every kind for the tests of descriptors: two ends, each with a number to
 * read from and one to write to, which are one for sockets.  Half of the kinds are in
 * blocking mode: the calls must not care. */
#ifndef TESTS_NET_SUPPORT_H
#define TESTS_NET_SUPPORT_H

#include "check.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/fd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum kind { TCP, UNIX, PAIR, PIPE, BLOCKING_TCP, BLOCKING_PAIR, BLOCKING_PIPE, FIFO, KINDS };

struct end {
    int r, w;
};

struct link {
    struct end a, b;
};

static inline struct sockaddr_in loopback(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET };
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

/* net_listen - a TCP socket that listens on some port of this machine, and its address. */
static inline int net_listen(struct sockaddr_in *addr, int backlog)
{
    socklen_t len = sizeof *addr;
    *addr = loopback();
    int l = go_socket(AF_INET, SOCK_STREAM, 0);
    CHECK(l >= 0);
    CHECK_EQ(bind(l, (struct sockaddr *)addr, len), 0);
    CHECK_EQ(listen(l, backlog), 0);
    CHECK_EQ(getsockname(l, (struct sockaddr *)addr, &len), 0);
    return l;
}

/* net_listen_unix - the same for a Unix socket; the kernel chooses an abstract name. */
static inline int net_listen_unix(struct sockaddr_un *addr, socklen_t *len, int backlog)
{
    *addr = (struct sockaddr_un){ .sun_family = AF_UNIX };
    *len = sizeof *addr;
    int l = go_socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(l >= 0);
    CHECK_EQ(bind(l, (struct sockaddr *)addr, sizeof addr->sun_family), 0);
    CHECK_EQ(listen(l, backlog), 0);
    CHECK_EQ(getsockname(l, (struct sockaddr *)addr, len), 0);
    return l;
}

static inline void set_blocking(int fd)
{
    int mode = fcntl(fd, F_GETFL);
    CHECK(mode >= 0);
    CHECK_EQ(fcntl(fd, F_SETFL, mode & ~O_NONBLOCK), 0);
}

/* A connection to l is complete as soon as the kernel has it, accepted or not. */
static inline struct link net_connected(int l, int domain, const void *addr, socklen_t len)
{
    int c = go_socket(domain, SOCK_STREAM, 0);
    CHECK(c >= 0);
    CHECK_EQ(go_connect(c, addr, len), 0);
    int s = go_accept(l, NULL, NULL);
    CHECK(s >= 0);
    CHECK_EQ(go_close_fd(l), 0);
    return (struct link){ { c, c }, { s, s } };
}

static inline struct link link_tcp(void)
{
    struct sockaddr_in addr;
    int l = net_listen(&addr, 1);
    return net_connected(l, AF_INET, &addr, sizeof addr);
}

static inline struct link link_unix(void)
{
    struct sockaddr_un addr;
    socklen_t len;
    int l = net_listen_unix(&addr, &len, 1);
    return net_connected(l, AF_UNIX, &addr, len);
}

static inline struct link link_of(const int to_b[2], const int to_a[2])
{
    return (struct link){ { to_a[0], to_b[1] }, { to_b[0], to_a[1] } };
}

/* A named pipe in blocking mode; the name is gone again when it is open. */
static inline void fifo_open(int fds[2])
{
    char dir[] = "/tmp/goroutine-fifo-XXXXXX", path[64];
    CHECK(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/f", dir);
    CHECK_EQ(mkfifo(path, 0600), 0);
    int both = open(path, O_RDWR | O_CLOEXEC);
    fds[0] = open(path, O_RDONLY | O_CLOEXEC);
    fds[1] = open(path, O_WRONLY | O_CLOEXEC);
    CHECK(both >= 0 && fds[0] >= 0 && fds[1] >= 0);
    close(both);
    unlink(path);
    rmdir(dir);
}

static inline struct link link_pipes(enum kind k)
{
    int to_a[2], to_b[2];
    if (k == FIFO) {
        fifo_open(to_a);
        fifo_open(to_b);
    } else if (k == PIPE) {
        CHECK(go_pipe(to_a) == 0 && go_pipe(to_b) == 0);
    } else {
        CHECK(pipe(to_a) == 0 && pipe(to_b) == 0);
    }
    return link_of(to_b, to_a);
}

static inline struct link link_make(enum kind k)
{
    int s[2];
    struct link l;
    switch (k) {
    case TCP:
        return link_tcp();
    case BLOCKING_TCP:
        l = link_tcp();
        set_blocking(l.a.r);
        set_blocking(l.b.r);
        return l;
    case UNIX:
        return link_unix();
    case PAIR:
    case BLOCKING_PAIR:
        CHECK_EQ(k == PAIR ? go_socketpair(AF_UNIX, SOCK_STREAM, 0, s)
                           : socketpair(AF_UNIX, SOCK_STREAM, 0, s),
                 0);
        return (struct link){ { s[0], s[0] }, { s[1], s[1] } };
    default:
        return link_pipes(k);
    }
}

static inline void end_close(struct end e)
{
    CHECK_EQ(go_close_fd(e.r), 0);
    if (e.w != e.r)
        CHECK_EQ(go_close_fd(e.w), 0);
}

static inline void link_close(struct link l)
{
    end_close(l.a);
    end_close(l.b);
}

/* read_full - until n bytes have come, or the end.  How many. */
static inline size_t read_full(int fd, void *buf, size_t n)
{
    size_t have = 0;
    while (have < n) {
        ssize_t r = go_read(fd, (char *)buf + have, n - have);
        CHECK(r >= 0);
        if (r == 0)
            break;
        have += (size_t)r;
    }
    return have;
}

/* What is expected of a call that fails. */
#define CHECK_FAILS(call, error)                                                                   \
    do {                                                                                           \
        errno = 0;                                                                                 \
        CHECK_EQ(call, -1);                                                                        \
        CHECK_EQ(errno, error);                                                                    \
    } while (0)

/* A random number of one's own. */
static inline uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

#endif
