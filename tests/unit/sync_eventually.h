/* SPDX-License-Identifier: MIT */
/* Waiting in a test for what another goroutine will have done. */
#ifndef TESTS_SYNC_EVENTUALLY_H
#define TESTS_SYNC_EVENTUALLY_H

#include "check.h"

#include "base/spin.h"

#include <goroutine.h>

#define EVENTUALLY(x)                                                                              \
    for (int64_t end_ = go_now() + 30 * GO_SECOND; !(x); go_yield())                               \
    CHECK(go_now() < end_ && #x)

static inline uint32_t queue_len(go_waitq_ *q, uint32_t *guard)
{
    spin_lock_word(guard);
    uint32_t n = q->len_;
    spin_unlock_word(guard);
    return n;
}

#endif
