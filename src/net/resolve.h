/* SPDX-License-Identifier: MIT */
/* From the text of an address to what can be connected to or bound. */
#ifndef NET_RESOLVE_H
#define NET_RESOLVE_H

#include "net/address.h"

#include <netdb.h>

/* What ends a call: a time, or a context; one of the two is nothing. */
struct bound {
    int64_t deadline; /* GO_FOREVER: none */
    go_context *ctx;  /* NULL: none */
};

static inline struct bound bound_time(int64_t deadline)
{
    return (struct bound){ deadline, NULL };
}
static inline struct bound bound_context(go_context *ctx)
{
    return (struct bound){ GO_FOREVER, ctx };
}

/* bound_over - 0, -ETIMEDOUT or -ECANCELED. */
int bound_over(struct bound b);

/* bound_end - the time at which it ends at the latest. */
int64_t bound_end(struct bound b);

/* DIAL: where to connect to, families in turn.  LISTEN: where to listen, the first that
 * the machine can.  LOCAL: where to connect from, one of each family. */
enum purpose { RESOLVE_DIAL, RESOLVE_LISTEN, RESOLVE_LOCAL };

/* resolve - address on an Internet network; 0 and at least one address, or an error. */
int resolve(const struct network *net, const char *address, enum purpose why, struct bound b,
            struct address_list *list);

/* --- Lookups (resolve_lookup.c) --------------------------------------------------- */

enum lookup_kind { LOOKUP_HOST, LOOKUP_SERVICE };

/* A question to the system. */
struct question {
    enum lookup_kind kind;
    int family;       /* of the host; AF_UNSPEC: any */
    int type;         /* of the service's socket */
    const char *name; /* of either */
};

/* lookup - have it answered; of a service, by one address that has its port.  0, or a
 * negative errno, or one of go_net_error. */
int lookup(const struct question *q, struct bound b, struct address_list *answer);

/* For the tests. */
struct lookup_counts {
    int running; /* goroutines that ask */
    int queued;  /* questions that wait for one */
    int listed;  /* questions that may be shared */
    int waiting; /* who waits for an answer */
};
struct lookup_counts lookup_counts(void);
extern int lookup_limit; /* how many ask at a time; changed at rest only */
extern int (*lookup_ask)(const char *host, const char *service, const struct addrinfo *hints,
                         struct addrinfo **answer); /* getaddrinfo; changed at rest only */

#endif
