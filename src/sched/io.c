/* SPDX-License-Identifier: MIT */
#include "sched/io.h"

#include "os/clock.h"
#include "sched/idle.h"

#include <unistd.h>

/* sysmon looks no more often than this. */
enum { LOOK_NS = 100000, SANITIZER_TURN_NS = 100000000 };

const struct io_ops *io_ops;

static int64_t waiting_elsewhere; /* atomic: threads without a P, and what waits for ever */
static uint32_t looking;          /* atomic: one looks without sleeping */
static int64_t last_look;         /* peek: coarse time */

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

static bool look_now(struct m *m)
{
    struct io_batch b;
    if (!cas(&looking, 0u, 1u))
        return false;
    ld_acquire(&io_ops)->find(&b, 0);
    st_release(&looking, 0u); /* pairs with the next one's cas */
    if (b.n)
        io_ops->deliver(m, &b);
    return b.n != 0;
}

never_inline bool io_look(struct m *m)
{
    if (!ld_relaxed(&io_ops) || ld_relaxed(&sched.poller) || !io_wanted())
        return false;
    st_relaxed(&last_look, ld_relaxed(&sched.now_coarse));
    return look_now(m);
}

bool io_sysmon(int64_t now)
{
    if (!ld_relaxed(&io_ops) || ld_relaxed(&sched.poller) || !io_wanted())
        return false;
    if (ld_relaxed(&sched.npidle) == ld_relaxed(&sched.nprocs)) {
        io_attend();
        return false;
    }
    if (now - ld_relaxed(&last_look) < LOOK_NS)
        return false;
    st_relaxed(&last_look, now);
    return look_now(NULL);
}

/* The thread sanitizer holds a signal back until the thread makes a call that it
 * intercepts. */
static void find_patiently(struct io_batch *b, int64_t until)
{
    int64_t turn = sanitizer_on ? clock_now() + SANITIZER_TURN_NS : INT64_MAX;
    io_ops->find(b, turn < until ? turn : until);
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
