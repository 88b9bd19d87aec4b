/* SPDX-License-Identifier: MIT */
/* What the tests of dial share: peers, a listener that answers nobody, a network and an
 * /etc of one's own. */
#ifndef TESTS_DIAL_SUPPORT_H
#define TESTS_DIAL_SUPPORT_H

#include "check.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/net.h>
#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

enum { SKIPPED = 77 };

/* have_ipv6 - there is a [::1] to talk to. */
static inline bool have_ipv6(void)
{
    struct sockaddr_in6 a = { .sin6_family = AF_INET6, .sin6_addr = in6addr_loopback };
    int s = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = s >= 0 && bind(s, (struct sockaddr *)&a, sizeof a) == 0;
    if (s >= 0)
        close(s);
    return ok;
}

/* sockets_open - how many sockets this process has.  Only those: the library looks into
 * files of /proc at times. */
static inline int sockets_open(void)
{
    int n = 0;
    const struct dirent *e;
    char what[16];
    DIR *d = opendir("/proc/self/fd");
    CHECK(d);
    while ((e = readdir(d)))
        n += readlinkat(dirfd(d), e->d_name, what, sizeof what) > 7 && !memcmp(what, "socket:", 7);
    closedir(d);
    return n;
}

/* accept_one - the next connection; blocks the thread until there is one. */
static inline int accept_one(int listener)
{
    struct pollfd p = { listener, POLLIN, 0 };
    int c;
    while (poll(&p, 1, -1) < 0)
        CHECK_EQ(errno, EINTR);
    CHECK((c = accept(listener, NULL, NULL)) >= 0);
    return c;
}

/* port_of_socket - what the kernel has chosen. */
static inline int port_of_socket(int fd)
{
    char text[GO_ADDRESS_SIZE];
    CHECK_EQ(go_local_address(fd, text, sizeof text), 0);
    const char *colon = strrchr(text, ':');
    CHECK(colon);
    return atoi(colon + 1);
}

/* with_port - "host:port", in one of several buffers. */
static inline const char *with_port(const char *host, int port)
{
    static __thread char text[4][GO_ADDRESS_SIZE];
    static __thread unsigned turn;
    char *t = text[turn++ % 4];
    snprintf(t, GO_ADDRESS_SIZE, "%s:%d", host, port);
    return t;
}

/* A listener whose queue is full: the kernel drops whatever knocks.  -1: cannot be had. */
struct deaf {
    int listener, port;
    int inside[8];
    int n;
};

static inline bool deaf_full(int listener)
{
    struct tcp_info info; /* of a listener: the length of its queue, and the limit */
    socklen_t len = sizeof info;
    memset(&info, 0, sizeof info);
    if (getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &len) != 0 ||
        len < offsetof(struct tcp_info, tcpi_lost)) {
        fprintf(stderr, "skipped: no TCP_INFO here\n");
        exit(SKIPPED);
    }
    return info.tcpi_unacked > info.tcpi_sacked;
}

static inline struct deaf deaf_make(const char *network, const char *address)
{
    struct deaf d = { .listener = go_listen(network, address) };
    CHECK(d.listener >= 0);
    CHECK_EQ(listen(d.listener, 0), 0); /* makes the queue shorter */
    d.port = port_of_socket(d.listener);
    struct sockaddr_storage a;
    socklen_t len = sizeof a;
    CHECK_EQ(getsockname(d.listener, (struct sockaddr *)&a, &len), 0);
    while (!deaf_full(d.listener)) {
        if (d.n == 8) {
            fprintf(stderr, "skipped: a queue that is never full\n");
            exit(SKIPPED);
        }
        int s = socket(a.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CHECK(s >= 0);
        CHECK_EQ(connect(s, (struct sockaddr *)&a, len), 0);
        d.inside[d.n++] = s;
        struct pollfd p = { d.listener, POLLIN, 0 };
        CHECK_EQ(poll(&p, 1, -1), 1);
    }
    return d;
}

static inline void deaf_close(struct deaf *d)
{
    for (int i = 0; i < d->n; i++)
        close(d->inside[i]);
    CHECK_EQ(go_close_fd(d->listener), 0);
}

/* closed_port - a port of 127.0.0.1 that nobody else gets while *holder is open, and that
 * nobody listens on. */
static inline int closed_port(int *holder)
{
    struct sockaddr_in a = { .sin_family = AF_INET };
    socklen_t len = sizeof a;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *holder = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(*holder >= 0);
    CHECK_EQ(bind(*holder, (struct sockaddr *)&a, sizeof a), 0);
    CHECK_EQ(getsockname(*holder, (struct sockaddr *)&a, &len), 0);
    return ntohs(a.sin_port);
}

/* --- A machine of one's own ------------------------------------------------------------ */

static inline void file_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    CHECK(fd >= 0);
    CHECK_EQ(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

/* own_machine - a network namespace with nothing but lo, and an empty /etc, for this
 * process.  Before any thread is started.  Without the right to do so the test is skipped. */
static inline void own_machine(void)
{
    struct ifreq lo = { .ifr_flags = IFF_UP | IFF_RUNNING };
    strcpy(lo.ifr_name, "lo");
    if (unshare(CLONE_NEWNET | CLONE_NEWNS) != 0 ||
        mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", "/etc", "tmpfs", 0, NULL) != 0) {
        fprintf(stderr, "skipped: no namespaces: %s\n", strerror(errno));
        exit(SKIPPED);
    }
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    CHECK(s >= 0);
    CHECK_EQ(ioctl(s, SIOCSIFFLAGS, &lo), 0);
    close(s);
}

#endif
