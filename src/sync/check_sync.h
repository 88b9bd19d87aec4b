/* SPDX-License-Identifier: MIT */
/* The numbered invariants of the primitives, checked at any time by any thread:
 * each call takes the object's lock.  A broken one is a bug() with its number. */
#ifndef SYNC_CHECK_SYNC_H
#define SYNC_CHECK_SYNC_H

#include <goroutine/join.h>
#include <goroutine/sync.h>

void mutex_verify(go_mutex *mu);
void rwmutex_verify(go_rwmutex *rw);
void waitgroup_verify(go_waitgroup *wg);
void once_verify(go_once *o);
void cond_verify(go_cond *c);
void join_verify(go_handle *h);

#endif
