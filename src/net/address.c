/* SPDX-License-Identifier: MIT */
/* The parts of an address. */
#include "net/address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct network networks[] = {
    { "tcp", AF_UNSPEC, SOCK_STREAM },
    { "tcp4", AF_INET, SOCK_STREAM },
    { "tcp6", AF_INET6, SOCK_STREAM },
    { "udp", AF_UNSPEC, SOCK_DGRAM },
    { "udp4", AF_INET, SOCK_DGRAM },
    { "udp6", AF_INET6, SOCK_DGRAM },
    { "unix", AF_UNIX, SOCK_STREAM },
    { "unixgram", AF_UNIX, SOCK_DGRAM },
    { "ip", AF_UNSPEC, 0 },
    { "ip4", AF_INET, 0 },
    { "ip6", AF_INET6, 0 },
    { "unixpacket", AF_UNIX, SOCK_SEQPACKET },
};

const struct network *network_find(const char *name)
{
    for (size_t i = 0; name && i < sizeof networks / sizeof networks[0]; i++)
        if (strcmp(name, networks[i].name) == 0)
            return &networks[i];
    return NULL;
}

/* --- host:port ------------------------------------------------------------------ */

int host_copy(struct host_port *hp, const char *host, size_t len)
{
    if (len >= sizeof hp->host)
        return GO_NET_NO_HOST;
    memcpy(hp->host, host, len);
    hp->host[len] = '\0';
    return 0;
}

/* "[host]:port", after the first bracket. */
static int split_brackets(const char *host, struct host_port *hp)
{
    const char *end = strchr(host, ']');
    if (!end)
        return GO_NET_BRACKETS;
    if (end[1] != ':')
        return GO_NET_NO_PORT;
    hp->port = end + 2;
    if (memchr(host, '[', (size_t)(end - host)) || strpbrk(hp->port, "[]"))
        return GO_NET_BRACKETS;
    return strchr(hp->port, ':') ? GO_NET_COLONS : host_copy(hp, host, (size_t)(end - host));
}

int address_split(const char *address, struct host_port *hp)
{
    if (!address)
        return GO_NET_NO_PORT;
    if (address[0] == '[')
        return split_brackets(address + 1, hp);
    const char *colon = strchr(address, ':');
    if (!colon)
        return GO_NET_NO_PORT;
    if (strchr(colon + 1, ':'))
        return GO_NET_COLONS;
    if (strpbrk(address, "[]"))
        return GO_NET_BRACKETS;
    hp->port = colon + 1;
    return host_copy(hp, address, (size_t)(colon - address));
}

/* Services may begin with a digit, but not with a sign. */
int port_number(const char *port)
{
    if (port[0] == '-' || port[0] == '+')
        return GO_NET_BAD_PORT;
    if (port[strspn(port, "0123456789")])
        return -EAGAIN;
    long n = strtol(port, NULL, 10);
    return n > UINT16_MAX ? GO_NET_BAD_PORT : (int)n;
}

/* --- Numbers -------------------------------------------------------------------- */

/* "eth0" or "2"; 0: none. */
static uint32_t zone_index(const char *zone)
{
    if (zone[0] && zone[strspn(zone, "0123456789")] == '\0') {
        unsigned long n = strtoul(zone, NULL, 10);
        return n > UINT32_MAX ? 0 : (uint32_t)n;
    }
    return if_nametoindex(zone);
}

/* As the kernel and the user see it, the same address. */
static void unmap(union net_address *a)
{
    struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = a->in6.sin6_port };
    if (!IN6_IS_ADDR_V4MAPPED(&a->in6.sin6_addr))
        return;
    memcpy(&in.sin_addr, &a->in6.sin6_addr.s6_addr[12], sizeof in.sin_addr);
    memset(a, 0, sizeof *a);
    a->in = in;
}

int host_number(const char *host, union net_address *a)
{
    char number[HOST_SIZE];
    memset(a, 0, sizeof *a);
    if (inet_pton(AF_INET, host, &a->in.sin_addr) == 1) {
        a->sa.sa_family = AF_INET;
        return 0;
    }
    const char *zone = strchr(host, '%');
    size_t len = zone ? (size_t)(zone - host) : strlen(host);
    if (len >= sizeof number)
        return -EAGAIN;
    memcpy(number, host, len);
    number[len] = '\0';
    if (inet_pton(AF_INET6, number, &a->in6.sin6_addr) != 1)
        return -EAGAIN;
    a->sa.sa_family = AF_INET6;
    if (!zone) {
        unmap(a);
        return 0;
    }
    a->in6.sin6_scope_id = zone_index(zone + 1);
    return a->in6.sin6_scope_id ? 0 : -ENODEV;
}

bool address_is_wildcard(const union net_address *a)
{
    if (a->sa.sa_family == AF_INET)
        return a->in.sin_addr.s_addr == htonl(INADDR_ANY);
    return IN6_IS_ADDR_UNSPECIFIED(&a->in6.sin6_addr);
}

void address_set_port(union net_address *a, int port)
{
    *(a->sa.sa_family == AF_INET ? &a->in.sin_port : &a->in6.sin6_port) = htons((uint16_t)port);
}

int address_port(const union net_address *a)
{
    return ntohs(a->sa.sa_family == AF_INET ? a->in.sin_port : a->in6.sin6_port);
}

socklen_t address_len(const union net_address *a)
{
    return a->sa.sa_family == AF_INET ? sizeof a->in : sizeof a->in6;
}

bool address_equal(const union net_address *a, const union net_address *b)
{
    if (a->sa.sa_family != b->sa.sa_family)
        return false;
    if (a->sa.sa_family == AF_INET)
        return a->in.sin_addr.s_addr == b->in.sin_addr.s_addr && a->in.sin_port == b->in.sin_port;
    return IN6_ARE_ADDR_EQUAL(&a->in6.sin6_addr, &b->in6.sin6_addr) &&
           a->in6.sin6_scope_id == b->in6.sin6_scope_id && a->in6.sin6_port == b->in6.sin6_port;
}

union net_address address_any(sa_family_t family)
{
    union net_address a;
    memset(&a, 0, sizeof a); /* INADDR_ANY, in6addr_any */
    a.sa.sa_family = family;
    return a;
}

union net_address address_loopback(sa_family_t family)
{
    union net_address a = address_any(family);
    if (family == AF_INET)
        a.in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    else
        a.in6.sin6_addr = in6addr_loopback;
    return a;
}

/* --- Unix ----------------------------------------------------------------------- */

int address_unix(const char *path, struct sockaddr_un *un, socklen_t *len)
{
    const size_t head = offsetof(struct sockaddr_un, sun_path);
    size_t n = strlen(path);
    memset(un, 0, sizeof *un);
    un->sun_family = AF_UNIX;
    if (n >= sizeof un->sun_path)
        return -ENAMETOOLONG;
    memcpy(un->sun_path, path, n);
    if (path[0] == '@') {
        un->sun_path[0] = '\0';
        *len = (socklen_t)(n == 1 ? head : head + n); /* the name's length is what is given */
    } else {
        *len = (socklen_t)(n == 0 ? head : head + n + 1);
    }
    return 0;
}
