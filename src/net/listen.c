/* SPDX-License-Identifier: MIT */
/* Sockets that are bound, and listen. */
#include "net/dial.h"
#include "poll/desc.h"

/* The kernel makes it what the system allows (somaxconn).  It was 16 bits wide once. */
enum { BACKLOG = 65535 };

static int set_up(const struct network *net, int fd, sa_family_t family)
{
    static const int on = 1;
    const int only6 = net->family == AF_INET6;
    if (family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only6, sizeof only6))
        return -errno;
    if (net->type != SOCK_STREAM)
        return 0;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on))
        return -errno;
    tcp_defaults(fd);
    return 0;
}

static int bind_to(const struct network *net, int fd, const union net_address *a)
{
    int err = set_up(net, fd, a->sa.sa_family);
    return err ? err : bind(fd, &a->sa, address_len(a)) ? -errno : 0;
}

static int finish(const struct network *net, int fd, int err)
{
    if (!err && net->type != SOCK_DGRAM && listen(fd, BACKLOG))
        err = -errno;
    if (!err)
        return fd;
    desc_close(fd);
    return err;
}

static int listen_at(const struct network *net, const union net_address *a)
{
    int fd = socket_new(net, a->sa.sa_family);
    return fd < 0 ? fd : finish(net, fd, bind_to(net, fd, a));
}

static int listen_unix(const struct network *net, const char *path)
{
    int fd = socket_new(net, AF_UNIX);
    return fd < 0 ? fd : finish(net, fd, unix_bind(fd, path));
}

/* The machine has no such family, or no address in it. */
static bool no_family(int err)
{
    return err == -EAFNOSUPPORT || err == -EADDRNOTAVAIL || err == -EPROTONOSUPPORT;
}

static int listen_on(const char *network, const char *address, struct bound b)
{
    struct address_list list;
    const struct network *net = network_find(network);
    if (!net || !net->type)
        return GO_NET_NETWORK;
    if (!address)
        return -EINVAL;
    if (net->family == AF_UNIX)
        return listen_unix(net, address);
    int fd = resolve(net, address, RESOLVE_LISTEN, b, &list);
    if (fd)
        return fd;
    fd = listen_at(net, &list.a[0]);
    for (int i = 1; i < list.n && no_family(fd); i++)
        fd = listen_at(net, &list.a[i]);
    return fd;
}

int go_listen(const char *network, const char *address)
{
    return listen_on(network, address, bound_time(GO_FOREVER));
}

int go_listen_until(const char *network, const char *address, int64_t deadline)
{
    return listen_on(network, address, bound_time(deadline));
}

int go_listen_ctx(const char *network, const char *address, go_context *ctx)
{
    return listen_on(network, address, bound_context(ctx));
}
