/* SPDX-License-Identifier: MIT */
/* Addresses, and what is wrong with them, as text. */
#include "net/address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* 0, or -ENOSPC; n: what snprintf returned. */
static int fitted(int n, char *buf, size_t size)
{
    if (n >= 0 && (size_t)n < size)
        return 0;
    if (size)
        buf[0] = '\0';
    return -ENOSPC;
}

static int text4(const struct in_addr *number, in_port_t port, char *buf, size_t size)
{
    char host[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, number, host, sizeof host);
    return fitted(snprintf(buf, size, "%s:%u", host, ntohs(port)), buf, size);
}

static int text6(const struct sockaddr_in6 *in6, char *buf, size_t size)
{
    char host[INET6_ADDRSTRLEN], zone[IF_NAMESIZE] = "";
    struct in_addr number;
    if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr)) {
        memcpy(&number, &in6->sin6_addr.s6_addr[12], sizeof number);
        return text4(&number, in6->sin6_port, buf, size);
    }
    inet_ntop(AF_INET6, &in6->sin6_addr, host, sizeof host);
    if (in6->sin6_scope_id && !if_indextoname(in6->sin6_scope_id, zone))
        snprintf(zone, sizeof zone, "%u", in6->sin6_scope_id); /* it has gone */
    return fitted(
        snprintf(buf, size, "[%s%s%s]:%u", host, zone[0] ? "%" : "", zone, ntohs(in6->sin6_port)),
        buf, size);
}

/* A path need not end with a zero.  An abstract name may hold some: shown as @. */
static int text_unix(const struct sockaddr_un *un, socklen_t len, char *buf, size_t size)
{
    const size_t head = offsetof(struct sockaddr_un, sun_path);
    size_t n = len > head ? len - head : 0;
    if (n > sizeof un->sun_path)
        n = sizeof un->sun_path;
    bool abstract = n > 0 && un->sun_path[0] == '\0';
    if (!abstract)
        n = strnlen(un->sun_path, n);
    int err = fitted(n < size ? (int)n : -1, buf, size);
    if (err)
        return err;
    for (size_t i = 0; i < n; i++)
        buf[i] = un->sun_path[i] ? un->sun_path[i] : '@';
    buf[n] = '\0';
    return 0;
}

/* The caller's bytes may be aligned to anything. */
int go_address_text(const void *address, socklen_t len, char *buf, size_t size)
{
    union {
        union net_address net;
        struct sockaddr_un un;
    } a;
    memset(&a, 0, sizeof a);
    if (len < sizeof(sa_family_t))
        return -EINVAL;
    memcpy(&a, address, len < sizeof a ? len : sizeof a);
    switch (a.net.sa.sa_family) {
    case AF_INET:
        return len < sizeof a.net.in ? -EINVAL
                                     : text4(&a.net.in.sin_addr, a.net.in.sin_port, buf, size);
    case AF_INET6:
        return len < sizeof a.net.in6 ? -EINVAL : text6(&a.net.in6, buf, size);
    case AF_UNIX:
        return text_unix(&a.un, len, buf, size);
    default:
        return -EAFNOSUPPORT;
    }
}

int go_local_address(int fd, char *buf, size_t size)
{
    struct sockaddr_storage a;
    socklen_t len = sizeof a;
    return getsockname(fd, (struct sockaddr *)&a, &len) ? -errno
                                                        : go_address_text(&a, len, buf, size);
}

int go_remote_address(int fd, char *buf, size_t size)
{
    struct sockaddr_storage a;
    socklen_t len = sizeof a;
    return getpeername(fd, (struct sockaddr *)&a, &len) ? -errno
                                                        : go_address_text(&a, len, buf, size);
}

const char *go_dial_error_text(int err)
{
    switch (err) {
    case 0:
        return "no error";
    case GO_NET_NO_HOST:
        return "no such host";
    case GO_NET_NO_ADDRESS:
        return "no suitable address";
    case GO_NET_TRY_AGAIN:
        return "temporary failure in name resolution";
    case GO_NET_LOOKUP:
        return "non-recoverable failure in name resolution";
    case GO_NET_NO_SERVICE:
        return "unknown port";
    case GO_NET_NO_PORT:
        return "missing port in address";
    case GO_NET_BAD_PORT:
        return "invalid port";
    case GO_NET_COLONS:
        return "too many colons in address";
    case GO_NET_BRACKETS:
        return "misplaced bracket in address";
    case GO_NET_NETWORK:
        return "unknown network";
    default:
        return err < 0 && err >= -4095 ? strerror(-err) : "error";
    }
}
