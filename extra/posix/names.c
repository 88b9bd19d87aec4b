/* SPDX-License-Identifier: MIT */
/* Names.  libc's resolver reads files and asks servers inside itself, where no hook
 * reaches: it runs with the P handed over.  Each lookup under way is a thread, so there
 * are no more than LOOKUPS; others park until it is their turn. */
#include "wait.h"

#include <goroutine/sema.h>

#include <arpa/inet.h>
#include <string.h>

enum { LOOKUPS = 32 };

static go_sema lookups = GO_SEMA_INIT(LOOKUPS);

struct lookup {
    void (*run)(struct lookup *l);
    int herr; /* h_errno belongs to the thread */
};

static void run(struct lookup *l)
{
    l->run(l);
    l->herr = h_errno;
}

/* Not inlined: h_errno is a place on the thread that the caller is on afterwards. */
__attribute__((noinline)) static void set_h_errno(int e)
{
    h_errno = e;
}

static void look_up(struct lookup *l)
{
    if (!go_on_goroutine() || !wait_here()) {
        l->run(l);
        return;
    }
    go_sema_acquire(&lookups, 1);
    go_block(run, l);
    go_sema_release(&lookups, 1);
    set_h_errno(l->herr);
}

/* --- getaddrinfo, getnameinfo ------------------------------------------------------ */

/* Nobody has to be asked. */
static bool is_number(const char *host, const struct addrinfo *hints)
{
    char address[sizeof(struct in6_addr)];
    return !host || (hints && (hints->ai_flags & AI_NUMERICHOST)) ||
           inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1;
}

struct addrinfo_lookup {
    struct lookup l;
    const char *host, *service;
    const struct addrinfo *hints;
    struct addrinfo **out;
    int r;
};

static void do_getaddrinfo(struct lookup *l)
{
    struct addrinfo_lookup *a = (struct addrinfo_lookup *)(void *)l;
    a->r = REAL(getaddrinfo)(a->host, a->service, a->hints, a->out);
}

HOOK(int, getaddrinfo, const char *host, const char *service, const struct addrinfo *hints,
     struct addrinfo **out)
{
    struct addrinfo_lookup a = { { do_getaddrinfo, 0 }, host, service, hints, out, 0 };
    if (is_number(host, hints))
        do_getaddrinfo(&a.l);
    else
        look_up(&a.l);
    return a.r;
}

struct nameinfo_lookup {
    struct lookup l;
    const struct sockaddr *address;
    socklen_t len, host_size, service_size;
    char *host, *service;
    int flags, r;
};

static void do_getnameinfo(struct lookup *l)
{
    struct nameinfo_lookup *a = (struct nameinfo_lookup *)(void *)l;
    a->r = REAL(getnameinfo)(a->address, a->len, a->host, a->host_size, a->service, a->service_size,
                             a->flags);
}

HOOK(int, getnameinfo, const struct sockaddr *address, socklen_t len, char *host,
     socklen_t host_size, char *service, socklen_t service_size, int flags)
{
    struct nameinfo_lookup a = {
        { do_getnameinfo, 0 }, address, len, host_size, service_size, host, service, flags, 0
    };
    if ((flags & NI_NUMERICHOST) && (flags & NI_NUMERICSERV))
        do_getnameinfo(&a.l);
    else
        look_up(&a.l);
    return a.r;
}

/* --- The older ones --------------------------------------------------------------- */

struct host_lookup {
    struct lookup l;
    const char *name; /* or an address */
    socklen_t len;
    int family;
    struct hostent *buffer, **result, *r;
    char *room;
    size_t size;
    int *herr, err;
};

static void do_gethostbyname(struct lookup *l)
{
    struct host_lookup *h = (struct host_lookup *)(void *)l;
    h->r = h->family ? REAL(gethostbyname2)(h->name, h->family) : REAL(gethostbyname)(h->name);
}

static void do_gethostbyaddr(struct lookup *l)
{
    struct host_lookup *h = (struct host_lookup *)(void *)l;
    h->r = REAL(gethostbyaddr)(h->name, h->len, h->family);
}

static void do_gethostbyname_r(struct lookup *l)
{
    struct host_lookup *h = (struct host_lookup *)(void *)l;
    h->err = h->family
                 ? REAL(gethostbyname2_r)(h->name, h->family, h->buffer, h->room, h->size,
                                          h->result, h->herr)
                 : REAL(gethostbyname_r)(h->name, h->buffer, h->room, h->size, h->result, h->herr);
}

static void do_gethostbyaddr_r(struct lookup *l)
{
    struct host_lookup *h = (struct host_lookup *)(void *)l;
    h->err = REAL(gethostbyaddr_r)(h->name, h->len, h->family, h->buffer, h->room, h->size,
                                   h->result, h->herr);
}

HOOK(struct hostent *, gethostbyname, const char *name)
{
    struct host_lookup h = { .l.run = do_gethostbyname, .name = name };
    look_up(&h.l);
    return h.r;
}

HOOK(struct hostent *, gethostbyname2, const char *name, int family)
{
    if (!family)
        return REAL(gethostbyname2)(name, family);
    struct host_lookup h = { .l.run = do_gethostbyname, .name = name, .family = family };
    look_up(&h.l);
    return h.r;
}

HOOK(struct hostent *, gethostbyaddr, const void *address, socklen_t len, int family)
{
    struct host_lookup h = {
        .l.run = do_gethostbyaddr, .name = address, .len = len, .family = family
    };
    look_up(&h.l);
    return h.r;
}

HOOK(int, gethostbyname_r, const char *name, struct hostent *buffer, char *room, size_t size,
     struct hostent **result, int *herr)
{
    struct host_lookup h = { .l.run = do_gethostbyname_r,
                             .name = name,
                             .buffer = buffer,
                             .room = room,
                             .size = size,
                             .result = result,
                             .herr = herr };
    look_up(&h.l);
    return h.err;
}

HOOK(int, gethostbyname2_r, const char *name, int family, struct hostent *buffer, char *room,
     size_t size, struct hostent **result, int *herr)
{
    if (!family)
        return REAL(gethostbyname2_r)(name, family, buffer, room, size, result, herr);
    struct host_lookup h = { .l.run = do_gethostbyname_r,
                             .name = name,
                             .family = family,
                             .buffer = buffer,
                             .room = room,
                             .size = size,
                             .result = result,
                             .herr = herr };
    look_up(&h.l);
    return h.err;
}

HOOK(int, gethostbyaddr_r, const void *address, socklen_t len, int family, struct hostent *buffer,
     char *room, size_t size, struct hostent **result, int *herr)
{
    struct host_lookup h = { .l.run = do_gethostbyaddr_r,
                             .name = address,
                             .len = len,
                             .family = family,
                             .buffer = buffer,
                             .room = room,
                             .size = size,
                             .result = result,
                             .herr = herr };
    look_up(&h.l);
    return h.err;
}
