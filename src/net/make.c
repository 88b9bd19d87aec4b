/* SPDX-License-Identifier: MIT */
/* Descriptors that are made here: not blocking, closed on exec, and the poller knows at
 * once that the number is a new one. */
#include "net/sys.h"

#include <goroutine/fd.h>
#include <netinet/in.h>

static enum desc_kind kind_of(int domain, int type, int protocol)
{
    type &= ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
    bool internet = domain == AF_INET || domain == AF_INET6;
    bool tcp = protocol == 0 || protocol == IPPROTO_TCP;
    return internet && type == SOCK_STREAM && tcp ? DESC_TCP : DESC_SOCKET;
}

int go_socket(int domain, int type, int protocol)
{
    int fd = socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (fd >= 0)
        desc_new(fd, kind_of(domain, type, protocol));
    return fd;
}

static int made_two(int r, const int fds[2], enum desc_kind kind)
{
    if (r == 0) {
        desc_new(fds[0], kind);
        desc_new(fds[1], kind);
    }
    return r;
}

int go_socketpair(int domain, int type, int protocol, int fds[2])
{
    int r = socketpair(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol, fds);
    return made_two(r, fds, DESC_SOCKET);
}

int go_pipe(int fds[2])
{
    return made_two(pipe2(fds, O_NONBLOCK | O_CLOEXEC), fds, DESC_PIPE);
}
