/* SPDX-License-Identifier: MIT */
/* Waiting until something happens to one of several descriptors. */
#ifndef NET_SEVERAL_H
#define NET_SEVERAL_H

#include "poll/desc.h"

/* One side of one descriptor; in the memory of who waits, and his alone but for w. */
struct awaited {
    struct desc *d; /* held by who waits */
    enum desc_side side;
    uint32_t seen;       /* read before he looked */
    struct go_waiter_ w; /* lock of d while it is queued */
};

/* several_wait - park until something has happened to one of them since its seen was read.
 *
 * As desc_wait: 0, look again (also when one is being closed, or its deadline has
 * passed); or -ETIMEDOUT, -ECANCELED; or what the kernel's poller says of one. */
int several_wait(struct awaited *a, int n, struct until u);

#endif
