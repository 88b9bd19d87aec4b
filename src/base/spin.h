/* SPDX-License-Identifier: MIT */
/* The runtime's only internal lock.
 *
 * Held for tens of instructions, never while user code runs.  Taking it is the
 * one locked instruction of a channel operation; giving it back is a plain
 * store.  A waiter spins, then offers the CPU, then sleeps a little: the holder
 * may have been descheduled by the kernel.
 *
 * It may be released by another goroutine than took it: a parking goroutine
 * leaves the release to whoever runs next on its thread (sched/park.h).
 * Order: the lock of an object waited on (channel, mutex, ...), then that of a
 * cancel, then that of a timer heap, then sched.lock.  Two channels: by address.
 */
#ifndef BASE_SPIN_H
#define BASE_SPIN_H

#include "base/atomic.h"

#include <assert.h>

struct spin {
    uint32_t word; /* 0 free, 1 held; acquire CAS takes, release store gives */
};

void spin_lock_slow(uint32_t *word);

/* spin_pause - wait a little, in the given round of waiting for who holds a lock: at first the
 * CPU waits, then it is offered to others, then the thread sleeps.  Changes errno. */
void spin_pause(unsigned round);

static inline bool spin_try_lock_word(uint32_t *word)
{
    uint32_t free = 0;
    return __atomic_compare_exchange_n(word, &free, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static inline void spin_lock_word(uint32_t *word)
{
    if (unlikely(!spin_try_lock_word(word)))
        spin_lock_slow(word);
}

/* Pairs with the acquire of the next holder's CAS. */
static inline void spin_unlock_word(uint32_t *word)
{
    assert(ld_relaxed(word) == 1);
    st_release(word, 0);
}

static inline void spin_lock(struct spin *l)
{
    spin_lock_word(&l->word);
}
static inline bool spin_try_lock(struct spin *l)
{
    return spin_try_lock_word(&l->word);
}
static inline void spin_unlock(struct spin *l)
{
    spin_unlock_word(&l->word);
}

#endif
