/* SPDX-License-Identifier: MIT */
#include "sched/io.h"

#include "os/clock.h"
#include "os/membarrier.h"
#include "sched/idle.h"

#include <unistd.h>

enum { LOOK_NS = 1000000, RECHECK_NS = 1000000000, SANITIZER_TURN_NS = 100000000 };

const struct io_ops *io_ops;
uint32_t io_recheck_wanted;

static int64_t waiting_elsewhere; /* atomic: threads without a P, and what waits for ever */
static int64_t last_look;         /* sysmon's */

void io_waits(struct m *m, int n)
{
    if (m && m->p)
        st_relaxed(&m->p->io_waiting, m->p->io_waiting + n);
    else
        add_seq(&waiting_elsewhere, (int64_t)n);
}

bool io_wanted(void)
{
    int64_t n = ld_relaxed(&waiting_elsewhere);
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++)
        n += ld_relaxed(&sched.allp[i]->io_waiting);
    return n != 0;
}

void io_attend(void)
{
    struct p *p = NULL;
    spin_lock(&sched.lock);
    if (!sched.poller && sched.npidle == sched.nprocs)
        p = pidle_get();
    spin_unlock(&sched.lock);
    if (p)
        start_m(p); /* finds nothing, and becomes the poller */
}

bool io_unattended(void)
{
    return ld_relaxed(&io_ops) && !ld_relaxed(&sched.poller) && io_wanted();
}

void io_sysmon(int64_t now)
{
    struct io_batch b;
    if (!io_unattended())
        return;
    if (ld_relaxed(&sched.npidle) == ld_relaxed(&sched.nprocs)) {
        io_attend();
    } else if (now - last_look >= LOOK_NS) {
        last_look = now;
        ld_acquire(&io_ops)->find(&b, 0);
        if (b.n)
            ld_acquire(&io_ops)->deliver(NULL, &b);
    }
}

int64_t io_recheck(int64_t now)
{
    static int64_t next = INT64_MAX;
    if (next != INT64_MAX && now >= next) {
        next = INT64_MAX;
        st_relaxed(&io_recheck_wanted, 0u);
        membarrier_all(); /* then the queues; pairs with the barrier in io_recheck_want */
        if (ld_acquire(&io_ops)->recheck())
            io_recheck_want();
    }
    if (next == INT64_MAX && ld_relaxed(&io_recheck_wanted))
        next = now + RECHECK_NS;
    return next;
}

/* The thread sanitizer holds a signal back until the thread makes a call that it
 * intercepts. */
static void find_patiently(struct io_batch *b, int64_t until)
{
    int64_t turn = sanitizer_on ? clock_now() + SANITIZER_TURN_NS : INT64_MAX;
    ld_acquire(&io_ops)->find(b, turn < until ? turn : until);
    if (unlikely(sanitizer_on))
        usleep(0);
}

void io_sleep(struct m *m, struct io_batch *b, int64_t until)
{
    b->n = 0;
    st_seq(&m->polling, true); /* then the note; pairs with note_wake */
    if (ld_seq(&m->note) == 0)
        find_patiently(b, until);
    st_seq(&m->polling, false);
}
