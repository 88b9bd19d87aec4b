/* SPDX-License-Identifier: MIT */
/* From the text of an address to a list of what to try. */
#include "net/resolve.h"

#include <goroutine/context.h>
#include <goroutine/time.h>
#include <string.h>

int bound_over(struct bound b)
{
    int err = b.ctx ? go_context_err(b.ctx) : 0;
    if (err || b.deadline == GO_FOREVER)
        return err;
    return go_now() >= b.deadline ? -ETIMEDOUT : 0;
}

int64_t bound_end(struct bound b)
{
    return b.ctx ? go_context_deadline(b.ctx) : b.deadline;
}

/* --- Ports ------------------------------------------------------------------------ */

/* For a machine without a list of services: those that addresses are written with. */
static const struct service {
    const char *name;
    int port;
} services[] = {
    { "domain", 53 }, { "ftp", 21 },   { "http", 80 }, { "https", 443 }, { "imap2", 143 },
    { "imaps", 993 }, { "pop3", 110 }, { "smtp", 25 }, { "ssh", 22 },    { "submission", 587 },
};

static int known_service(const char *name)
{
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++)
        if (strcmp(name, services[i].name) == 0)
            return services[i].port;
    return GO_NET_NO_SERVICE;
}

static int port_of(const struct network *net, const char *text, struct bound b)
{
    struct address_list answer;
    int port = port_number(text);
    if (port != -EAGAIN)
        return port;
    const struct question q = { LOOKUP_SERVICE, AF_UNSPEC, net->type, text };
    int err = lookup(&q, b, &answer);
    if (err == GO_NET_NO_HOST) /* as some systems call it */
        err = GO_NET_NO_SERVICE;
    if (err == GO_NET_NO_SERVICE)
        return known_service(text);
    return err ? err : address_port(&answer.a[0]);
}

/* --- Hosts ------------------------------------------------------------------------ */

static void add(struct address_list *list, union net_address a)
{
    list->a[list->n++] = a;
}

/* No host: the machine itself.  A listener on both families comes first, then the one for
 * a machine without IPv6. */
static void nobody(enum purpose why, struct address_list *list)
{
    if (why == RESOLVE_DIAL) {
        add(list, address_loopback(AF_INET));
        add(list, address_loopback(AF_INET6));
    } else {
        add(list, address_any(AF_INET6));
        add(list, address_any(AF_INET));
    }
}

/* Where a listener on all addresses is reached: also on the other family, for one on IPv6
 * has both, and the machine may lack an IPv6 address of its own. */
static void number(enum purpose why, union net_address a, struct address_list *list)
{
    const sa_family_t family = a.sa.sa_family;
    if (why != RESOLVE_DIAL || !address_is_wildcard(&a)) {
        add(list, a);
        return;
    }
    add(list, address_loopback(family));
    if (family == AF_INET6)
        add(list, address_loopback(AF_INET));
}

static int host_of(const struct network *net, const char *host, enum purpose why, struct bound b,
                   struct address_list *list)
{
    union net_address a;
    if (!host[0]) {
        nobody(why, list);
        return 0;
    }
    int err = host_number(host, &a);
    if (err == -EAGAIN) {
        const struct question q = { LOOKUP_HOST, net->family, 0, host };
        return lookup(&q, b, list);
    }
    if (!err)
        number(net->type ? why : RESOLVE_LOCAL, a, list); /* a host alone is what it says */
    return err;
}

/* --- The list --------------------------------------------------------------------- */

static void keep_family(struct address_list *list, sa_family_t family)
{
    int n = 0;
    for (int i = 0; i < list->n; i++)
        if (family == AF_UNSPEC || list->a[i].sa.sa_family == family)
            list->a[n++] = list->a[i];
    list->n = n;
}

/* The next from i of that family (or not of it), or n. */
static int next_of(const struct address_list *list, int i, sa_family_t family, bool of_it)
{
    while (i < list->n && (list->a[i].sa.sa_family == family) != of_it)
        i++;
    return i;
}

/* RFC 8305, 4: the order of the system, but families in turn, beginning with its first. */
static void families_in_turn(struct address_list *list)
{
    const struct address_list all = *list;
    const sa_family_t family = all.a[0].sa.sa_family;
    int mine = next_of(&all, 0, family, true), other = next_of(&all, 0, family, false);
    for (int n = 0; n < all.n;) {
        if (mine < all.n) {
            list->a[n++] = all.a[mine];
            mine = next_of(&all, mine + 1, family, true);
        }
        if (other < all.n) {
            list->a[n++] = all.a[other];
            other = next_of(&all, other + 1, family, false);
        }
    }
}

/* Of a name to listen on, one address, of IPv4 if there is one: that is what others see of
 * this machine in most places. */
static void keep_one(struct address_list *list)
{
    int i = next_of(list, 0, AF_INET, true);
    if (i < list->n)
        list->a[0] = list->a[i];
    list->n = 1;
}

int resolve(const struct network *net, const char *address, enum purpose why, struct bound b,
            struct address_list *list)
{
    struct host_port hp;
    list->n = 0;
    hp.port = "";
    int err = net->type ? address_split(address, &hp)
              : address ? host_copy(&hp, address, strlen(address))
                        : GO_NET_NO_HOST;
    if (err)
        return err;
    if (!net->type && !hp.host[0])
        return GO_NET_NO_HOST;
    int port = port_of(net, hp.port, b);
    if (port < 0)
        return port;
    err = host_of(net, hp.host, why, b, list);
    if (err)
        return err;
    keep_family(list, net->family);
    if (list->n == 0)
        return GO_NET_NO_ADDRESS;
    for (int i = 0; i < list->n; i++)
        address_set_port(&list->a[i], port);
    if (why == RESOLVE_DIAL)
        families_in_turn(list);
    else if (why == RESOLVE_LISTEN && hp.host[0])
        keep_one(list);
    return 0;
}

/* --- The public calls ------------------------------------------------------------- */

static int resolve_into(const char *network, const char *address, struct sockaddr_storage *list,
                        int size, struct bound b)
{
    struct address_list found;
    const struct network *net = network_find(network);
    if (!net || net->family == AF_UNIX)
        return GO_NET_NETWORK;
    int err = resolve(net, address, RESOLVE_DIAL, b, &found);
    if (err)
        return err;
    for (int i = 0; i < found.n && i < size; i++) {
        memset(&list[i], 0, sizeof list[i]);
        memcpy(&list[i], &found.a[i], sizeof found.a[i]);
    }
    return found.n;
}

int go_resolve(const char *network, const char *address, struct sockaddr_storage *list, int size,
               int64_t deadline)
{
    return resolve_into(network, address, list, size, bound_time(deadline));
}

int go_resolve_ctx(const char *network, const char *address, struct sockaddr_storage *list,
                   int size, go_context *ctx)
{
    return resolve_into(network, address, list, size, bound_context(ctx));
}
