/* SPDX-License-Identifier: MIT */
/* Switching goroutines on one M.
 *
 * The outgoing side leaves a note (m->prev, after_lock, after); the incoming
 * side acts on it once the outgoing context is saved.  Before that nobody may
 * be able to run the outgoing goroutine: not from a queue, and not as a waiter
 * of an object, whose lock is therefore still held.
 */
#ifndef SCHED_SWITCH_H
#define SCHED_SWITCH_H

#include "sched/biased.h"
#include "sched/self.h"

void finish_switch_slow(struct m *m);

/* What else is done at each switch: all of it behind one test, of a word that is 0
 * in most programs. */
enum switch_hooks { HOOK_SANITIZER = 1, HOOK_CPUTIME = 2, HOOK_LIMIT = 4 };
extern uint32_t switch_hooks __attribute__((visibility("hidden"))); /* [atomic] */
void switch_hook(enum switch_hooks bit, bool on);
void switch_note(struct m *m, struct g *from, struct g *to);
void switch_arrived_sanitizer(struct m *m, struct g *me);

/* First thing on the incoming side. */
static inline void finish_switch(struct m *m)
{
    uint32_t *lock = m->after_lock;
    if (likely(lock != NULL)) {
        m->after_lock = NULL;
        biased_unlock(m, lock, 0);
    } else if (m->after != AFTER_NOTHING) {
        finish_switch_slow(m);
    }
}

/* switch_to - run `to` on m; returns when the caller's goroutine runs again,
 * with the M it then runs on. */
static inline __attribute__((always_inline)) struct m *switch_to(struct m *m, struct g *to)
{
    struct g *from = m->curg;
    from->saved_errno = *m->errno_p;
    if (m->eh_p) {
        from->eh[0] = m->eh_p[0];
        from->eh[1] = m->eh_p[1];
        m->eh_p[0] = to->eh[0];
        m->eh_p[1] = to->eh[1];
    }
    m->prev = from;
    st_relaxed(&m->curg, to);
    st_relaxed(&to->status, (uint8_t)G_RUNNING);
    if (unlikely(ld_relaxed(&switch_hooks) != 0))
        switch_note(m, from, to);
    context_switch(&from->ctx, &to->ctx);
    m = m_self();
    if (unlikely(sanitizer_on))
        switch_arrived_sanitizer(m, from);
    finish_switch(m);
    *m->errno_p = from->saved_errno;
    return m;
}

/* pick_next - the goroutine to run after the current one; m->g0 when the P has
 * nothing or something out of the ordinary is to be done. */
struct g *pick_next(struct m *m);

/* pick_local - only from the P's own queues, no turns; NULL if they are empty. */
struct g *pick_local(struct p *p);

/* goroutine_exit - end the current goroutine; called outside the runtime. */
void goroutine_exit(void) __attribute__((noreturn));

/* The scheduler's loop, on the M's own stack (g0).  Never returns on a thread
 * of ours until it ends. */
void schedule_loop(struct m *m);

/* Entered by a new goroutine, from go_start_. */
void goroutine_main(void) __attribute__((noreturn));

#endif
