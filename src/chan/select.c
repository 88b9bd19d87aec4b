/* SPDX-License-Identifier: MIT */
/* Select: one of several operations, whichever can be done first.
 *
 *  1. One case, or one beside a default or a timeout, is the plain operation.
 *  2. Look at all channels without their locks, choose uniformly among the cases
 *     that seem ready, take that channel's lock and do it.  This is most selects.
 *  3. Else take the locks of all channels, in the order of their addresses, and
 *     look again: only now "none is ready" is true of one moment.  A default or a
 *     deadline that has passed ends here.
 *  4. Queue a waiter on every channel.  All share one claim word; who moves it
 *     from 0 has the right, and the duty, to wake us, and the value that he
 *     leaves there says which case it was.  A deadline is one more claimer.
 *  5. Free all locks, park.  Then take each lock once more to remove the waiters
 *     of the cases that lost, in O(1) each.
 *
 * Cases that wait for a descriptor are looked at in the kernel first (unless it is known
 * that there is nothing, and we may park), outside the
 * runtime, and again after each wait; between, they are waiters on a queue like all
 * others (sched/fdcase.h).  Such a select begins anew when something happened to one of
 * them between the look and the wait.
 *
 * A select never meets itself: it is in no queue while it looks, and looks no
 * more once it is queued.
 *
 * The gate.  park() frees one lock word after our context is saved, so that who
 * finds us under that lock may ready us at once.  We are found under any of n
 * locks.  So the word given to park is the gate, in our own frame:
 *   - held from before the first waiter is queued, hence before anybody can claim;
 *   - freed once, by the incoming side, after the context is saved;
 *   - a claimer waits until it is free before he readies us, holding no lock.
 * So nobody readies us before we have parked.  Nobody waits for ever: between the
 * first unlock and the release there is only park(), which takes no lock that a
 * claimer holds while it waits.  The frame lives as long as the claimer reads it:
 * we leave it only after ready(), which is his last step; those who lose the
 * claim look at our waiter only under a lock that we take before we leave.
 */
#include "chan/chan.h"
#include "chan/sort.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "sched/chaos.h"
#include "sched/defer.h"
#include "sched/fdcase.h"
#include "sched/io.h"
#include "timer/timer.h"

#include <errno.h>
#include <goroutine/select.h>
#include <goroutine/time.h>
#include <sched.h>

/* As many cases have their waiters on the stack; more are allocated. */
enum { SMALL = 16, MAX_CASES = 65536 };

/* A select with descriptors has to look at them again. */
enum { AGAIN = -1 };

/* A select in progress; lives on the stack of its goroutine. */
struct sel {
    struct go_case *cases;
    int n;
    int chosen;              /* a case that seems ready, or -1 */
    int otherwise;           /* the default case, or -1 */
    int timeout;             /* the case with the earliest deadline, or -1 */
    uint32_t claim;          /* 0, or 1 + the case that was won */
    uint32_t gate;           /* see above */
    uint32_t ncomm;          /* cases with a channel */
    uint16_t *comm;          /* their numbers; with the rest from sel_order on */
    uint32_t nlocks;         /* distinct channels */
    struct go_chan_ **locks; /* by address */
    struct go_waiter_ *w;    /* one a case; set for those with a channel */
    struct g *g;
    struct timer timer;
    struct fd_case *fd; /* the cases with a descriptor */
    int nfd;
    int fd_chosen;     /* which of them chosen is, or -1 */
    bool meets_fds;    /* sel_look has seen one */
    bool meets_others; /* or a case that never becomes ready there */
    bool counted;      /* by io_waits */
};

static inline bool kind_comm(const struct go_case *k)
{
    return k->kind == GO_CASE_RECV_ || k->kind == GO_CASE_SEND_;
}

/* A nil channel never becomes ready and is left out. */
static inline bool is_comm(const struct go_case *k)
{
    return k->chan && kind_comm(k);
}

static inline bool kind_fd(const struct go_case *k)
{
    return k->kind == GO_CASE_READABLE_ || k->kind == GO_CASE_WRITABLE_;
}

static inline bool case_seems_ready(const struct go_case *k)
{
    return k->kind == GO_CASE_RECV_ ? chan_may_recv(k->chan) : chan_may_send(k->chan);
}

/* Choose uniformly among the cases that seem ready: the i-th of them replaces
 * the choice with probability 1/i. */
static inline void sel_look(struct sel *s, struct m *m)
{
    uint32_t seen = 0;
    s->chosen = -1;
    for (int i = 0; i < s->n; i++) {
        const struct go_case *k = &s->cases[i];
        if (unlikely(!is_comm(k))) {
            s->meets_fds |= kind_fd(k);
            s->meets_others = true;
        } else if (case_seems_ready(k) && (seen++ == 0 || rand_below(&m->rand, seen) == 0)) {
            s->chosen = i;
        }
    }
}

/* The same once it is known which cases are to be looked at; and among the descriptors. */
static inline void sel_look_again(struct sel *s, struct m *m)
{
    uint32_t seen = 0;
    s->chosen = s->fd_chosen = -1;
    for (uint32_t j = 0; j < s->ncomm; j++) {
        const struct go_case *k = &s->cases[s->comm[j]];
        if (case_seems_ready(k) && (seen++ == 0 || rand_below(&m->rand, seen) == 0))
            s->chosen = s->comm[j];
    }
    for (int i = 0; i < s->nfd; i++)
        if (s->fd[i].ready && (seen++ == 0 || rand_below(&m->rand, seen) == 0))
            s->chosen = s->fd[s->fd_chosen = i].index;
}

static inline enum chan_step case_step(struct go_case *k, struct go_waiter_ **wake)
{
    return k->kind == GO_CASE_RECV_ ? chan_recv_step(k->chan, k->elem, wake)
                                    : chan_send_step(k->chan, k->elem, wake);
}

static inline void zero_elem(const struct go_case *k)
{
    if (k->kind == GO_CASE_RECV_ && k->elem)
        memset(k->elem, 0, k->chan->elem);
}

/* sel_end - leave the runtime and the select.  ok: the value was sent or received. */
static inline int sel_end(struct sel *s, struct m *m, int chosen, bool ok)
{
    int kind = s->cases[chosen].kind;
    m->curg->select_ok = ok && kind == GO_CASE_RECV_;
    rt_exit(m);
    if (unlikely(!ok && kind == GO_CASE_SEND_))
        chan_panic_send();
    return chosen;
}

/* sel_try - do the chosen case under its own lock alone.  false: somebody was
 * faster, and we are still in the runtime. */
static inline bool sel_try(struct sel *s, struct m *m)
{
    struct go_case *k = &s->cases[s->chosen];
    struct go_waiter_ *wake = NULL;
    chan_lock(m, k->chan);
    enum chan_step step = case_step(k, &wake);
    if (step == STEP_CLOSED)
        zero_elem(k);
    chan_unlock(m, k->chan);
    if (step == STEP_WAIT)
        return false;
    if (wake)
        chan_wake(m, wake);
    sel_end(s, m, s->chosen, step == STEP_DONE);
    return true;
}

/* Each channel once, by address. */
static void sel_order(struct sel *s)
{
    uint32_t n = 0, distinct = 0;
    for (int i = 0; i < s->n; i++) {
        if (!is_comm(&s->cases[i]))
            continue;
        s->comm[n] = (uint16_t)i;
        s->locks[n++] = s->cases[i].chan;
    }
    s->ncomm = n;
    chan_sort(s->locks, n);
    for (uint32_t i = 0; i < n; i++)
        if (!distinct || s->locks[distinct - 1] != s->locks[i])
            s->locks[distinct++] = s->locks[i];
    s->nlocks = distinct;
}

/* Beyond the notes there are, a lock that leans to us is borrowed.  bias tells then that it was,
 * for one that was not loses it. */
static void lock_unnoted(struct m *m, struct go_chan_ *c)
{
    if (biased_borrow(m, &c->recvq.lock_))
        return;
    chan_lock_nth(m, c, HELD_NOTES);
    bias_lost(&c->bias);
}

static void unlock_unnoted(struct m *m, struct go_chan_ *c)
{
    if ((ld_relaxed(&c->bias) & BIAS_OWNER) == m->bias_tag)
        biased_return(m, &c->recvq.lock_);
    else
        chan_unlock_nth(m, c, HELD_NOTES);
}

static inline void sel_lock(struct sel *s, struct m *m)
{
    uint32_t i = 0;
    for (; i < s->nlocks && i < HELD_NOTES; i++)
        chan_lock_nth(m, s->locks[i], i);
    for (; i < s->nlocks; i++)
        lock_unnoted(m, s->locks[i]);
}

static inline void sel_unlock(struct sel *s, struct m *m)
{
    uint32_t i = s->nlocks;
    while (i > HELD_NOTES)
        unlock_unnoted(m, s->locks[--i]);
    while (i-- > 0)
        chan_unlock_nth(m, s->locks[i], i);
}

/* sel_step - all locks held: do a case that is ready, chosen uniformly.
 *
 * A waiter that made a case seem ready may be dead, or die before the step claims
 * it; the step has then removed it, so another look finds less. */
static enum chan_step sel_step(struct sel *s, struct m *m, struct go_waiter_ **wake)
{
    for (;;) {
        sel_look_again(s, m);
        if (s->chosen < 0)
            return STEP_WAIT;
        if (kind_fd(&s->cases[s->chosen]))
            return STEP_DONE;
        enum chan_step step = case_step(&s->cases[s->chosen], wake);
        if (step != STEP_WAIT)
            return step;
    }
}

/* A deadline came, inside the runtime on any M. */
static void sel_fire(struct m *m, struct timer *t)
{
    struct sel *s = t->arg;
    if (!cas(&s->claim, 0u, (uint32_t)s->timeout + 1))
        return;
    waiter_wait_gate(&s->gate);
    ready(m, s->g);
}

static void sel_enqueue(struct sel *s)
{
    for (uint32_t j = 0; j < s->ncomm; j++) {
        uint32_t i = s->comm[j];
        struct go_case *k = &s->cases[i];
        struct go_waiter_ *w = &s->w[i];
        *w = (struct go_waiter_){
            .g = s->g, .claim = &s->claim, .elem = k->elem, .obj = &s->gate, .index = i
        };
        if (k->kind == GO_CASE_RECV_)
            chan_queue_recv(k->chan, w);
        else
            waitq_push(&k->chan->sendq, w);
    }
}

/* Take back what lost.  The winner's channel is not touched: C6. */
static void sel_dequeue(struct sel *s, struct m *m, int won)
{
    for (uint32_t j = 0; j < s->ncomm; j++) {
        int i = s->comm[j];
        struct go_case *k = &s->cases[i];
        if (i == won)
            continue;
        chan_lock(m, k->chan);
        waitq_remove(k->kind == GO_CASE_RECV_ ? &k->chan->recvq : &k->chan->sendq, &s->w[i]);
        chan_unlock(m, k->chan);
    }
}

static void sel_dequeue_fds(struct sel *s, int n)
{
    for (int i = 0; i < n; i++)
        fd_case_dequeue(&s->fd[i], &s->w[s->fd[i].index]);
}

/* Before the channels: nobody but an event of a descriptor can have claimed us.  false:
 * something happened since the look; we are in no queue.  Who has been claimed leaves the
 * rest unqueued, but takes all records back: so all are made first. */
static bool sel_enqueue_fds(struct sel *s, struct m *m)
{
    for (int i = 0; i < s->nfd; i++) {
        uint32_t index = (uint32_t)s->fd[i].index;
        s->w[index] =
            (struct go_waiter_){ .g = s->g, .claim = &s->claim, .obj = &s->gate, .index = index };
    }
    for (int i = 0; i < s->nfd; i++) {
        struct fd_case *f = &s->fd[i];
        if (fd_case_enqueue(m, f, &s->w[f->index]))
            continue;
        if (!cas(&s->claim, 0u, UINT32_MAX))
            return true; /* we have been claimed: park, to be woken */
        sel_dequeue_fds(s, i);
        return false;
    }
    return true;
}

/* sel_wait - steps 4 and 5.  All locks are held; returns the case that was won.
 * The timer is armed under them: it may fire at once, and then waits at the gate. */
static int sel_wait(struct sel *s, struct m *m)
{
    s->claim = 0;
    s->gate = 1;
    s->g = m->curg;
    if (unlikely(s->nfd) && !sel_enqueue_fds(s, m)) {
        sel_unlock(s, m);
        rt_exit(m);
        return AGAIN;
    }
    sel_enqueue(s);
    bool timed = s->timeout >= 0 && s->cases[s->timeout].when != GO_FOREVER;
    if (timed) {
        s->timer = (struct timer){ .fire = sel_fire, .arg = s };
        if (timer_arm(m, &s->timer, s->cases[s->timeout].when) < 0)
            fatal("out of memory");
    }
    sel_unlock(s, m);
    if (unlikely(chaos_on) && chaos_one_in(m, 8))
        sched_yield(); /* let somebody come to the gate */
    m = park(m, &s->gate, WAIT_SELECT);

    int won = (int)ld_relaxed(&s->claim) - 1;
    if (timed)
        timer_disarm(m, &s->timer); /* it may still be on its way out of sel_fire */
    sel_dequeue(s, m, won);
    if (unlikely(s->nfd))
        sel_dequeue_fds(s, s->nfd);
    return sel_end(s, m, won, is_comm(&s->cases[won]) && s->w[won].ok);
}

struct select_view select_waiting(const uint32_t *gate)
{
    const struct sel *s = (const struct sel *)((const char *)gate - offsetof(struct sel, gate));
    bool bounded = s->nfd || (s->timeout >= 0 && s->cases[s->timeout].when != GO_FOREVER);
    return (struct select_view){ s->cases, s->n, bounded, ld_relaxed(&s->claim) != 0 };
}

/* sel_locked - steps 3 to 5; s->locks and s->w have room for all cases. */
static int sel_locked(struct sel *s, struct m *m)
{
    bool expired = s->timeout >= 0 && s->cases[s->timeout].when <= go_now();
    struct go_waiter_ *wake = NULL;
    sel_order(s);
    sel_lock(s, m);
    enum chan_step step = sel_step(s, m, &wake);
    if (step == STEP_WAIT && !expired && s->otherwise < 0)
        return sel_wait(s, m);

    if (step == STEP_CLOSED)
        zero_elem(&s->cases[s->chosen]);
    sel_unlock(s, m);
    if (step == STEP_WAIT)
        return sel_end(s, m, expired ? s->timeout : s->otherwise, false);
    if (wake)
        chan_wake(m, wake);
    return sel_end(s, m, s->chosen, step == STEP_DONE);
}

/* Which case is the default, and which deadline is the first. */
static void sel_others(struct sel *s)
{
    s->otherwise = s->timeout = -1;
    for (int i = 0; s->meets_others && i < s->n; i++) {
        const struct go_case *k = &s->cases[i];
        if (k->kind == GO_CASE_DEFAULT_)
            s->otherwise = i;
        else if (k->kind == GO_CASE_TIMEOUT_ &&
                 (s->timeout < 0 || k->when < s->cases[s->timeout].when))
            s->timeout = i;
    }
}

static never_inline int sel_small(struct sel *s, struct m *m)
{
    struct go_waiter_ w[SMALL];
    struct go_chan_ *locks[SMALL];
    uint16_t comm[SMALL];
    s->w = w;
    s->locks = locks;
    s->comm = comm;
    sel_others(s);
    return sel_locked(s, m);
}

/* Memory is taken and given back outside the runtime: it may block. */
static never_inline int sel_large(struct sel *s, struct m *m)
{
    rt_exit(m);
    size_t n = (size_t)s->n;
    char *mem = rt_realloc(NULL, n * (sizeof *s->w + sizeof *s->locks + sizeof *s->comm));
    if (!mem)
        fatal("out of memory");
    s->w = (struct go_waiter_ *)mem;
    s->locks = (struct go_chan_ **)(mem + n * sizeof *s->w);
    s->comm = (uint16_t *)(mem + n * (sizeof *s->w + sizeof *s->locks));
    sel_others(s);
    struct go_defer_ d; /* a send on a closed channel panics */
    defer_push(this_g(), &d, DEFER_CALL, free, mem);
    int chosen = sel_locked(s, rt_enter());
    defer_end(&d);
    return chosen;
}

/* --- With descriptors --------------------------------------------------------------- */

static void count_fds(struct sel *s, bool waits)
{
    struct m *m = rt_enter();
    if (waits != s->counted)
        io_waits(m, waits ? 1 : -1);
    s->counted = waits;
    if (unlikely(!m->p) && waits)
        io_attend();
    rt_exit(m);
}

static void end_fds(void *arg)
{
    struct sel *s = arg;
    count_fds(s, false);
    fd_cases_end(s->fd, s->nfd);
    free(s->fd);
}

static void begin_fds(struct sel *s)
{
    size_t n = (size_t)s->n;
    size_t each = sizeof *s->fd + sizeof *s->w + sizeof *s->locks;
    char *mem = rt_realloc(NULL, n * (each + sizeof *s->comm));
    if (!mem)
        fatal("out of memory");
    s->fd = (struct fd_case *)mem;
    s->w = (struct go_waiter_ *)(mem + n * sizeof *s->fd);
    s->locks = (struct go_chan_ **)(mem + n * (sizeof *s->fd + sizeof *s->w));
    s->comm = (uint16_t *)(mem + n * each);
    for (int i = 0; i < s->n; i++)
        if (kind_fd(&s->cases[i]))
            s->fd[s->nfd++] = (struct fd_case){ .fd = (int)s->cases[i].when,
                                                .index = i,
                                                .write = s->cases[i].kind == GO_CASE_WRITABLE_ };
    fd_cases_begin(s->fd, s->nfd);
}

/* What an event has chosen is only a hint: it fires if the kernel agrees. */
static bool fires(struct sel *s, int chosen)
{
    if (chosen == AGAIN)
        return false;
    for (int i = 0; i < s->nfd && s->fd_chosen < 0; i++)
        if (s->fd[i].index == chosen) {
            fd_cases_look(&s->fd[i], 1, true);
            return s->fd[i].ready;
        }
    return true;
}

static bool may_park(const struct sel *s)
{
    return s->otherwise < 0 && (s->timeout < 0 || s->cases[s->timeout].when > go_now());
}

static never_inline int sel_fds(struct sel *s, struct m *m)
{
    struct go_defer_ d; /* a send on a closed channel panics */
    int chosen;
    rt_exit(m);
    begin_fds(s);
    sel_others(s);
    defer_push(this_g(), &d, DEFER_CALL, end_fds, s);
    count_fds(s, true); /* before any lock is taken */
    do {
        fd_cases_look(s->fd, s->nfd, !may_park(s));
        chosen = sel_locked(s, rt_enter());
    } while (!fires(s, chosen));
    defer_end(&d);
    return chosen;
}

static int sel_general(struct go_case *cases, int n)
{
    if (n > MAX_CASES)
        panic("select: too many cases (max %d)", MAX_CASES);
    struct sel s;
    s.cases = cases;
    s.n = n;
    s.nfd = 0;
    s.fd_chosen = -1;
    s.meets_fds = s.meets_others = s.counted = false;
    struct m *m = rt_enter();
    sel_look(&s, m);
    if (unlikely(s.meets_fds))
        return sel_fds(&s, m);
    if (s.chosen >= 0 && sel_try(&s, m))
        return s.chosen;
    return n <= SMALL ? sel_small(&s, m) : sel_large(&s, m);
}

/* A goroutine stays on its thread outside the runtime; a thread that has never
 * entered it has no goroutine, and chose a default. */
static inline int set_ok(int chosen, bool ok)
{
    struct g *g = m_self()->curg;
    if (g)
        g->select_ok = ok;
    return chosen;
}

bool go_selected_ok(void)
{
    struct g *g = m_self()->curg;
    return g && g->select_ok;
}

static int select_one(struct go_case *k)
{
    if (k->kind == GO_CASE_RECV_)
        return set_ok(0, go_chan_recv_(k->chan, k->elem));
    go_chan_send_(k->chan, k->elem);
    return set_ok(0, false);
}

/* comm is the number of the case that stands beside a default, the other one. */
static int select_or_default(struct go_case *k, int comm)
{
    if (k->kind == GO_CASE_SEND_) {
        bool sent = go_chan_try_send_(k->chan, k->elem) == 0;
        return set_ok(sent ? comm : 1 - comm, false);
    }
    int err = go_chan_try_recv_(k->chan, k->elem);
    return set_ok(err == -EAGAIN ? 1 - comm : comm, err == 0);
}

/* comm is the number of the case that stands beside a deadline, the other one. */
static int select_until(struct go_case *k, int comm, int64_t when)
{
    if (k->kind == GO_CASE_SEND_) {
        bool sent = go_chan_send_until_(k->chan, k->elem, when) == 0;
        return set_ok(sent ? comm : 1 - comm, false);
    }
    int err = go_chan_recv_until_(k->chan, k->elem, when);
    return set_ok(err == -ETIMEDOUT ? 1 - comm : comm, err == 0);
}

int go_select_(struct go_case *cases, int n)
{
    if (n <= 0) {
        park(rt_enter(), NULL, WAIT_SELECT_EMPTY);
        bug("a goroutine came back from an empty select");
    }
    if (n == 1 && kind_comm(cases))
        return select_one(cases);
    if (n == 2 && kind_comm(&cases[0]) != kind_comm(&cases[1]) && !kind_fd(&cases[0]) &&
        !kind_fd(&cases[1])) {
        int comm = kind_comm(&cases[0]) ? 0 : 1;
        struct go_case *k = &cases[comm], *other = &cases[1 - comm];
        return other->kind == GO_CASE_DEFAULT_ ? select_or_default(k, comm)
                                               : select_until(k, comm, other->when);
    }
    return sel_general(cases, n);
}

int go_select_cases(struct go_case *cases, int n)
{
    return go_select_(cases, n);
}
