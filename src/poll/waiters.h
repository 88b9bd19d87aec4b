/* SPDX-License-Identifier: MIT */
/* Between the files of src/poll. */
#ifndef POLL_WAITERS_H
#define POLL_WAITERS_H

#include "poll/desc.h"

/* Why a waiter was woken: its mode. */
enum desc_woken { DESC_EVENT, DESC_CLOSED, DESC_DEADLINE };

/* desc_pop - take all waiters of a side from its queue, claimed, and append them by next.
 * Holds the lock. */
void desc_pop(struct desc *d, enum desc_side side, uint8_t mode, struct go_waiter_ ***last);

/* deadlines_arm - F2, before a waiter is queued; holds the lock.  0, -ETIMEDOUT, -ENOMEM. */
int deadlines_arm(struct m *m, struct desc *d, enum desc_side side);

/* deadlines_clear - none any more; holds the lock. */
void deadlines_clear(struct desc *d);

/* desc_each - visit every record. */
void desc_each(void (*visit)(struct desc *d));

#endif
