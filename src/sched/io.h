/* SPDX-License-Identifier: MIT */
/* Waiting for descriptors, as the scheduler sees it.
 *
 * The scheduler knows how many wait, and who sleeps in the poller; src/poll knows the
 * rest, and announces itself by io_ops when the first descriptor is waited for.
 *
 * One M at a time sleeps in the poller instead of on its futex: "the poller",
 * sched.poller.  It has no P; when something happens it takes an idle one, else it
 * passes what it found to the global queue.
 *
 *  I5  while somebody waits for a descriptor, somebody will look at the descriptors:
 *      an M that finds nothing to run becomes the poller if there is none; while there is none, sysmon looks at every tick
 *      (LOOK_NS at most), or starts a P whose M will become it.  A thread without a P
 *      sees to that itself (io_attend), for sysmon may be asleep.
 */
#ifndef SCHED_IO_H
#define SCHED_IO_H

#include "sched/types.h"

#include <sys/epoll.h>

enum { IO_BATCH = 128 };

/* What was found; lives on a scheduler's stack between finding and delivering. */
struct io_batch {
    int n;
    struct epoll_event events[IO_BATCH];
};

struct io_ops {
    /* Find what has happened, for at most until the time; outside of any lock. */
    void (*find)(struct io_batch *b, int64_t until);
    /* Make runnable who waits for it.  m may be NULL: a thread without an M. */
    void (*deliver)(struct m *m, const struct io_batch *b);
    /* End a find that sleeps. */
    void (*kick)(void);
    /* See io_recheck.  true: some have not waited for long enough yet. */
    bool (*recheck)(void);
    /* Check the invariants. */
    void (*verify)(void);
};

extern const struct io_ops *io_ops; /* [atomic] NULL, then [imm] */

/* io_waits - one more, or one less, waits for something that only the poller sees.  By
 * the one who waits, inside the runtime. */
void io_waits(struct m *m, int n);

/* io_wanted - somebody waits.  Exact for those that wait while no P runs. */
bool io_wanted(void);

/* io_attend - on a thread without a P, after io_waits: see to it that somebody looks. */
void io_attend(void);

/* io_unattended - somebody waits, and there is no poller. */
bool io_unattended(void);

/* io_recheck_want - somebody has begun to wait since the last look; once he can be found. */
extern uint32_t io_recheck_wanted; /* [atomic] */
static inline void io_recheck_want(void)
{
    compiler_barrier(); /* his place in the queue, then the word */
    if (unlikely(!ld_relaxed(&io_recheck_wanted)))
        st_relaxed(&io_recheck_wanted, 1u);
}

/* io_recheck - from sysmon: look whether the kernel still knows of those that have waited
 * for a second or more; once for each wait.  Returns when to call it again. */
int64_t io_recheck(int64_t now);

/* io_sysmon - I5, from sysmon. */
void io_sysmon(int64_t now);

/* io_sleep - as m_sleep, in the poller; only by sched.poller. */
void io_sleep(struct m *m, struct io_batch *b, int64_t until);

#endif
