/* SPDX-License-Identifier: MIT */
/* What the servers on State Threads and on plain threads share: the socket that listens. */
#ifndef SERVERS_PLAIN_H
#define SERVERS_PLAIN_H

#include "report.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* [ADDRESS:]PORT */
static inline struct sockaddr_in plain_address(const char *text)
{
    struct sockaddr_in a = { .sin_family = AF_INET };
    char host[INET_ADDRSTRLEN] = "127.0.0.1";
    const char *colon = strrchr(text, ':');
    if (colon)
        snprintf(host, sizeof host, "%.*s", (int)(colon - text), text);
    a.sin_port = htons((uint16_t)atoi(colon ? colon + 1 : text));
    if (inet_pton(AF_INET, host, &a.sin_addr) != 1)
        report_fail("%s: no IPv4 address", text);
    return a;
}

/* plain_listen - on the address of the command line, or one that is free; says which.  A
 * connection takes a descriptor: as many as are to be had. */
static inline int plain_listen(int argc, char **argv)
{
    struct sockaddr_in a = plain_address(argc > 1 ? argv[1] : "0");
    socklen_t size = sizeof a;
    struct rlimit files;
    const int on = 1;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(fd, (struct sockaddr *)&a, size) != 0 || listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, (struct sockaddr *)&a, &size) != 0)
        report_fail("listen: %s", strerror(errno));
    printf("listening on %s:%d\n", inet_ntoa(a.sin_addr), ntohs(a.sin_port));
    fflush(stdout);
    return fd;
}

static inline void plain_no_delay(int fd)
{
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* plain_bear - whether accept is worth another try; after a pause where descriptors or memory
 * are short, which others may give back. */
static inline bool plain_bear(int err, void (*pause)(void))
{
    switch (err) {
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        fprintf(stderr, "accept: %s\n", strerror(err));
        pause();
        return true;
    case EBADF:
    case EINVAL:
    case ENOTSOCK:
    case EOPNOTSUPP:
        return false;
    default:
        return true;
    }
}

#endif
