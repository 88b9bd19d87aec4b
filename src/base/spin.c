/* SPDX-License-Identifier: MIT */
#include "base/spin.h"

#include "base/pause.h"

#include <errno.h>
#include <sched.h>
#include <time.h>

/* Rounds of each kind of waiting.  Sections are tens of nanoseconds; a holder
 * that takes longer was descheduled, and only sleeping helps it (a real-time
 * waiter would never let it run by sched_yield alone). */
enum { SPIN_ROUNDS = 100, YIELD_ROUNDS = 20, SLEEP_NS = 50000 };

never_inline void spin_pause(unsigned round)
{
    if (round < SPIN_ROUNDS)
        cpu_relax();
    else if (round < SPIN_ROUNDS + YIELD_ROUNDS)
        sched_yield();
    else
        pause_ns(SLEEP_NS);
}

never_inline void spin_lock_slow(uint32_t *word)
{
    int saved = *__errno_location();
    for (unsigned round = 0; ld_relaxed(word) != 0 || !spin_try_lock_word(word); round++)
        spin_pause(round);
    *__errno_location() = saved;
}
