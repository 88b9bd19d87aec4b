/* SPDX-License-Identifier: MIT */
/* What the tests of libgoroutine-posix share. */
#ifndef TESTS_EXTRA_POSIX_SUPPORT_H
#define TESTS_EXTRA_POSIX_SUPPORT_H

#include "check.h"

#include <goroutine.h>
#include <goroutine/posix.h>

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

/* Every test begins with it: what it shows, it would not without. */
#define CHECK_IN_FORCE()                                                                           \
    do {                                                                                           \
        const char *missing_ = go_posix_missing();                                                 \
        if (missing_) {                                                                            \
            fprintf(stderr, "not in force: %s\n", missing_);                                       \
            _Exit(1);                                                                              \
        }                                                                                          \
    } while (0)

/* Threads of this process. */
static inline int threads(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/task");
    CHECK(d != NULL);
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

/* As many descriptors as this process may have. */
static inline void raise_fd_limit(void)
{
    struct rlimit r;
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &r), 0);
    r.rlim_cur = r.rlim_max;
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &r), 0);
}

/* A socket that listens on a free port of the loopback. */
static inline int listen_tcp(int backlog, struct sockaddr_in *at)
{
    socklen_t len = sizeof *at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0);
    *at = (struct sockaddr_in){ .sin_family = AF_INET };
    at->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK_EQ(bind(fd, (struct sockaddr *)at, sizeof *at), 0);
    CHECK_EQ(listen(fd, backlog), 0);
    CHECK_EQ(getsockname(fd, (struct sockaddr *)at, &len), 0);
    return fd;
}

static inline int64_t wall(void)
{
    return go_now();
}

#endif
