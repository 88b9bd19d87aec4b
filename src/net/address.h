/* SPDX-License-Identifier: MIT */
/* Networks by name, addresses from text and back.  Nothing here waits or asks anybody. */
#ifndef NET_ADDRESS_H
#define NET_ADDRESS_H

#include <goroutine/dial.h>
#include <netinet/in.h>
#include <sys/un.h>

/* Of a name with more addresses the first are used. */
enum { ADDRESSES_MAX = 64, HOST_SIZE = 256 };

union net_address {
    struct sockaddr sa;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
};

/* A list in the order in which it is to be tried. */
struct address_list {
    int n;
    union net_address a[ADDRESSES_MAX];
};

struct network {
    char name[12];
    sa_family_t family; /* AF_UNSPEC: both of the Internet's */
    int type;           /* SOCK_..; 0: hosts without a port */
};

/* network_find - NULL if there is none of that name, or name is NULL. */
const struct network *network_find(const char *name);

/* A host and a port or service as written; "" each if left out. */
struct host_port {
    char host[HOST_SIZE];
    const char *port; /* in what was split */
};

/* host_copy - 0, or GO_NET_NO_HOST: no name is that long. */
int host_copy(struct host_port *hp, const char *host, size_t len);

/* address_split - "host:port".  0, or one of go_net_error. */
int address_split(const char *address, struct host_port *hp);

/* port_number - 0 to 65535 ("" is 0); GO_NET_BAD_PORT; -EAGAIN: it is the name of a
 * service. */
int port_number(const char *port);

/* host_number - 0: *a is set, with port 0; -EAGAIN: host is a name; -ENODEV: there is no
 * such interface.  What stands for an IPv4 address in IPv6 is made one. */
int host_number(const char *host, union net_address *a);

bool address_is_wildcard(const union net_address *a);
void address_set_port(union net_address *a, int port);
int address_port(const union net_address *a);
socklen_t address_len(const union net_address *a);
bool address_equal(const union net_address *a, const union net_address *b);

/* address_any, address_loopback - of that family, with port 0. */
union net_address address_any(sa_family_t family);
union net_address address_loopback(sa_family_t family);

/* address_unix - a path, or @name, or "" and "@": no name.  0, or -ENAMETOOLONG. */
int address_unix(const char *path, struct sockaddr_un *un, socklen_t *len);

#endif
