/* SPDX-License-Identifier: MIT */
/* Dialling: what is asked for, and connections within the machine. */
#include "net/dial.h"

#include "poll/desc.h"

#include <goroutine/fd.h>
#include <netinet/tcp.h>

int socket_new(const struct network *net, sa_family_t family)
{
    static const int on = 1;
    int fd = socket(family, net->type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    bool tcp = net->type == SOCK_STREAM && family != AF_UNIX;
    desc_new(fd, tcp ? DESC_TCP : DESC_SOCKET);
    if (net->type == SOCK_DGRAM && family == AF_INET)
        (void)setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
    return fd;
}

/* Small writes at once; a peer that has gone is noticed after 15 s + 9 * 15 s. */
void tcp_defaults(int fd)
{
    static const int on = 1, seconds = 15, probes = 9;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    (void)setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &seconds, sizeof seconds);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

/* --- Unix --------------------------------------------------------------------------- */

int unix_bind(int fd, const char *path)
{
    struct sockaddr_un un;
    socklen_t len;
    int err = address_unix(path, &un, &len);
    if (err)
        return err;
    return bind(fd, (const struct sockaddr *)&un, len) ? -errno : 0;
}

/* A listener whose queue is full is waited for. */
static int unix_connect(int fd, const char *path, struct bound b)
{
    struct sockaddr_un un;
    socklen_t len;
    int err = address_unix(path, &un, &len);
    if (err)
        return err;
    const struct sockaddr *a = (const struct sockaddr *)&un;
    err = b.ctx ? go_connect_ctx(fd, a, len, b.ctx) : go_connect_until(fd, a, len, b.deadline);
    return err ? -errno : 0;
}

static int dial_unix(const struct network *net, const char *local, const char *path, struct bound b)
{
    int fd = socket_new(net, AF_UNIX);
    if (fd < 0)
        return fd;
    int err = local ? unix_bind(fd, local) : 0;
    if (!err)
        err = unix_connect(fd, path, b);
    if (!err)
        return fd;
    desc_close(fd);
    return err;
}

/* --- The public calls ----------------------------------------------------------------- */

static int dial(const char *network, const char *local, const char *address, struct bound b)
{
    struct address_list to, from;
    const struct network *net = network_find(network);
    if (!net || !net->type)
        return GO_NET_NETWORK;
    if (!address)
        return -EINVAL;
    int err = bound_over(b);
    if (err)
        return err;
    if (net->family == AF_UNIX)
        return dial_unix(net, local, address, b);
    if (local && (err = resolve(net, local, RESOLVE_LOCAL, b, &from)))
        return err;
    err = resolve(net, address, RESOLVE_DIAL, b, &to);
    return err ? err : dial_race(net, local ? &from : NULL, &to, b);
}

int go_dial(const char *network, const char *address, int64_t deadline)
{
    return dial(network, NULL, address, bound_time(deadline));
}

int go_dial_ctx(const char *network, const char *address, go_context *ctx)
{
    return dial(network, NULL, address, bound_context(ctx));
}

int go_dial_from(const char *network, const char *local, const char *address, int64_t deadline)
{
    return dial(network, local, address, bound_time(deadline));
}

int go_dial_from_ctx(const char *network, const char *local, const char *address, go_context *ctx)
{
    return dial(network, local, address, bound_context(ctx));
}
