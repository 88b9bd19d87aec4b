/* SPDX-License-Identifier: MIT */
/* What cond and the tests need of go_mutex. */
#ifndef SYNC_MUTEX_H
#define SYNC_MUTEX_H

#include <goroutine/sync.h>

/* mutex_release - unlock without entering the runtime: the waiter that the
 * caller has to ready, or NULL.  w->ok tells whether the lock was handed to it. */
struct go_waiter_ *mutex_release(go_mutex *mu);

#endif
