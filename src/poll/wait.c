/* SPDX-License-Identifier: MIT */
/* Waiting for a descriptor, and being woken. */
#include "poll/waiters.h"

#include "base/options.h"
#include "os/epoll.h"
#include "poll/poll.h"
#include "sched/chaos.h"
#include "sched/entry.h"
#include "sched/idle.h"
#include "sched/io.h"

#include <errno.h>
#include <sched.h>

enum { EVENTS = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI };
enum { OF_READ = EPOLLIN | EPOLLRDHUP | EPOLLPRI | EPOLLHUP | EPOLLERR };
enum { OF_WRITE = EPOLLOUT | EPOLLHUP | EPOLLERR };
enum { ODD = EPOLLRDHUP | EPOLLPRI | EPOLLHUP | EPOLLERR };

/* What the kernel is given to say back: gen and number, the highest bit clear. */
#define GEN_MASK 0x7fffffffu

static uint64_t data_of(const struct desc *d)
{
    return (uint64_t)(d->gen & GEN_MASK) << 32 | (uint32_t)d->fd;
}

/* Whoever calls has counted himself in refs: gen does not change.  Two may do it at once. */
int desc_register(struct desc *d)
{
    if (likely(ld_relaxed(&d->flags) & DESC_REGISTERED))
        return 0;
    int err = poll_start();
    if (err == 0)
        err = fault(FAIL_EPOLL) ? -ENOMEM : epoll_add(d->fd, EVENTS, data_of(d));
    uint8_t kind = ld_relaxed(&d->kind);
    if (err == -EPERM && kind != DESC_TCP && kind != DESC_SOCKET)
        (void)cas(&d->kind, kind, (uint8_t)DESC_FILE); /* desc_new may know better by now */
    if (err)
        return err;
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    st_relaxed(&d->flags, (uint8_t)(d->flags | DESC_REGISTERED));
    spin_unlock(&d->lock);
    rt_exit(m);
    return 0;
}

/* --- Queueing --------------------------------------------------------------------- */

static int may_wait(struct m *m, struct desc *d, enum desc_side side, uint32_t seen)
{
    if (ld_relaxed(&d->refs) & DESC_CLOSING)
        return -EBADF;
    if (d->seq[side] != seen)
        return 1;
    return deadlines_arm(m, d, side);
}

static void enqueue(struct desc *d, enum desc_side side, struct go_waiter_ *w)
{
    waitq_push(&d->q[side], w);
    if (unlikely(d->flags & (DESC_SEEN | DESC_CHECKED)))
        st_relaxed(&d->flags, (uint8_t)(d->flags & ~(DESC_SEEN | DESC_CHECKED)));
    io_recheck_want();
}

int desc_enqueue(struct m *m, struct desc *d, enum desc_side side, uint32_t seen,
                 struct go_waiter_ *w)
{
    spin_lock(&d->lock);
    int err = may_wait(m, d, side, seen);
    if (err == 0)
        enqueue(d, side, w);
    spin_unlock(&d->lock);
    return err;
}

void desc_dequeue(struct desc *d, enum desc_side side, struct go_waiter_ *w)
{
    spin_lock(&d->lock);
    waitq_remove(&d->q[side], w);
    spin_unlock(&d->lock);
}

static int said(uint8_t mode)
{
    return mode == DESC_CLOSED ? -EBADF : mode == DESC_DEADLINE ? -ETIMEDOUT : 0;
}

int desc_wait(struct desc *d, enum desc_side side, uint32_t seen, struct until u)
{
    uint32_t claim = 0;
    int err = desc_register(d), over;
    if (unlikely(err))
        return err;
    if (until_bounded(u) && (over = until_over(u)))
        return over;
    struct m *m = rt_enter();
    struct go_waiter_ w = { .g = m->curg, .claim = until_bounded(u) ? &claim : NULL };
    io_waits(m, 1);
    if (unlikely(!m->p))
        io_attend();
    if (unlikely(chaos_on) && chaos_one_in(m, 8))
        sched_yield(); /* let an event come between the try and the park */
    spin_lock(&d->lock);
    err = may_wait(m, d, side, seen);
    if (likely(err == 0)) {
        enqueue(d, side, &w);
        m = park_until(m, &d->lock.word, &d->q[side], &w, WAIT_IO, u, &err);
        if (err == 0)
            err = said(w.mode);
    } else {
        spin_unlock(&d->lock);
        err = err > 0 ? 0 : err;
    }
    io_waits(m, -1);
    rt_exit(m);
    return err;
}

/* --- Waking ------------------------------------------------------------------------ */

void desc_pop(struct desc *d, enum desc_side side, uint8_t mode, struct go_waiter_ ***last)
{
    struct go_waiter_ *w;
    while ((w = waitq_pop(&d->q[side]))) {
        w->mode = mode;
        w->next = NULL;
        **last = w;
        *last = &w->next;
    }
}

void desc_wake(struct m *m, struct go_waiter_ *first)
{
    while (first) {
        struct go_waiter_ *next = first->next; /* its stack is gone after ready */
        struct g *g = first->g;
        if (first->obj)
            waiter_wait_gate(first->obj);
        if (m)
            ready(m, g);
        else
            ready_without_m(g);
        first = next;
    }
}

static void happened(struct desc *d, enum desc_side side, struct go_waiter_ ***last)
{
    uint32_t seq = d->seq[side] + 1;
    st_release(&d->seq[side], seq ? seq : 1); /* pairs with desc_seen */
    desc_pop(d, side, DESC_EVENT, last);
}

void desc_event(uint64_t data, uint32_t events, struct go_waiter_ ***last)
{
    int err;
    struct desc *d = desc_at((int)(uint32_t)data, &err);
    spin_lock(&d->lock);
    if ((d->gen & GEN_MASK) == (uint32_t)(data >> 32)) {
        if (unlikely(events & ODD))
            st_relaxed(&d->flags, (uint8_t)(d->flags | DESC_MANY_EDGES));
        if (events & OF_READ)
            happened(d, DESC_READ, last);
        if (events & OF_WRITE)
            happened(d, DESC_WRITE, last);
    }
    spin_unlock(&d->lock);
}

/* --- Those that wait for long --------------------------------------------------------- */

/* Lock held, somebody is queued.  true: it has to be looked at again. */
static bool recheck(struct desc *d, struct go_waiter_ ***last)
{
    if (d->flags & DESC_CHECKED)
        return false;
    if (!(d->flags & DESC_SEEN)) {
        st_relaxed(&d->flags, (uint8_t)(d->flags | DESC_SEEN));
        return true;
    }
    st_relaxed(&d->flags, (uint8_t)(d->flags | DESC_CHECKED));
    if (epoll_still(d->fd, EVENTS, data_of(d)) == -EBADF) {
        desc_pop(d, DESC_READ, DESC_CLOSED, last);
        desc_pop(d, DESC_WRITE, DESC_CLOSED, last);
    }
    return false;
}

static bool recheck_again; /* sysmon's */

static void recheck_one(struct desc *d)
{
    struct go_waiter_ *woken = NULL, **last = &woken;
    if (!ld_relaxed(&d->q[DESC_READ].head_) && !ld_relaxed(&d->q[DESC_WRITE].head_))
        return; /* who queues himself now says so to io_recheck_want */
    spin_lock(&d->lock);
    if (d->q[DESC_READ].head_ || d->q[DESC_WRITE].head_)
        recheck_again |= recheck(d, &last);
    spin_unlock(&d->lock);
    desc_wake(NULL, woken);
}

bool desc_recheck(void)
{
    recheck_again = false;
    desc_each(recheck_one);
    return recheck_again;
}

/* --- Verify ------------------------------------------------------------------------ */

static void verify_desc(struct desc *d)
{
    spin_lock(&d->lock); /* foreign threads are not stopped */
    for (int side = 0; side < DESC_SIDES; side++) {
        const struct desc_deadlines *t = ld_acquire(&d->deadlines);
        uint32_t n = 0;
        for (struct go_waiter_ *w = d->q[side].head_; w; w = w->next, n++)
            ensure(w->queued && w->g);
        ensure(n == d->q[side].len_);
        if (n && t && t->when[side] != INT64_MAX) {
            uint32_t state = ld_relaxed(&t->timer[side].state);
            ensure(state != TIMER_IDLE); /* F2 */
            ensure(state == TIMER_FIRING || t->timer[side].when <= t->when[side]);
        }
        ensure(d->seq[side] != 0);
    }
    ensure(!(d->refs & DESC_FINAL) || (!d->q[0].head_ && !d->q[1].head_)); /* F4 */
    spin_unlock(&d->lock);
}

void desc_verify(void)
{
    desc_each(verify_desc);
}
