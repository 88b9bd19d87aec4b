/* SPDX-License-Identifier: MIT */
/* Signals to channels.
 *
 *   handler     sets a bit of pending, wakes sysmon; async-signal-safe
 *   sysmon      deliver: offers each pending signal to the channels that want it
 *
 * There is no descriptor and no thread of its own in this, so nothing of it can fail, and
 * it works while every thread is busy.
 *
 * What a signal does is changed only under turn:
 *
 *     BEFORE --first channel--> CAUGHT --last one stops, reset--> BEFORE
 *     BEFORE, CAUGHT --ignore--> IGNORED --notify--> CAUGHT;  IGNORED --reset--> BEFORE
 *
 * BEFORE is whatever sigaction found there, the program's own handler or the library's
 * (SIGQUIT) included.  If somebody has put something else in our place meanwhile, it stays.
 *
 * Order of locks: turn, lock, a channel's.  deliver holds lock: who has taken a channel off
 * the list under it knows that nothing arrives there any more.
 *
 * Invariants, whenever turn is free:
 *  S1  a signal is CAUGHT if and only if some channel of the list wants it; then handlers
 *      may run, and io_waits counts one for all of them.
 *  S2  a channel is in the list once, with a mask that is not 0, and held by it.
 */
#include "base/fatal.h"
#include "chan/chan.h"
#include "os/sigkeep.h"
#include "sched/idle.h"
#include "sched/init.h"
#include "sched/io.h"
#include "sched/sysmon.h"

#include <errno.h>
#include <goroutine/signal.h>
#include <goroutine/sync.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LAST = 64, CLASSIC = 31 };

enum effect { BEFORE, CAUGHT, IGNORED };

struct want {
    struct want *next;  /* lock */
    struct go_chan_ *c; /* imm, held */
    uint64_t mask;      /* changed under turn and lock */
};

static go_mutex turn;
static struct spin lock;
static struct want *wants;            /* changed under turn and lock */
static uint64_t pending;              /* atomic: set by handlers */
static uint64_t ignored;              /* turn */
static uint8_t effect[LAST];          /* turn: enum effect */
static struct sigaction before[LAST]; /* turn: valid unless BEFORE */

static uint64_t bit(int sig)
{
    return UINT64_C(1) << (sig - 1);
}

/* --- Delivering ----------------------------------------------------------------- */

/* It may be the child of a fork, where nobody would ever look. */
static void on_signal(int sig)
{
    int saved = errno;
    if (ld_relaxed(&runtime_forked)) {
        struct sigaction dfl;
        memset(&dfl, 0, sizeof dfl);
        dfl.sa_handler = SIG_DFL;
        sigaction(sig, &dfl, NULL);
        syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), sig);
    } else {
        __atomic_fetch_or(&pending, bit(sig), __ATOMIC_SEQ_CST);
        sysmon_request(REQUEST_SIGNALS);
    }
    errno = saved;
}

/* Whom it released goes to the end of the chain: it is readied when our lock is free. */
static struct go_waiter_ **offer(struct go_chan_ *c, int sig, struct go_waiter_ **end)
{
    struct go_waiter_ *w = NULL;
    const int element[4] = { sig }; /* the compiler does not know how many bytes it has */
    chan_lock(m_self(), c);
    chan_send_step(c, element, &w); /* no room, or closed: dropped */
    chan_unlock(m_self(), c);
    if (!w)
        return end;
    w->next = NULL;
    *end = w;
    return &w->next;
}

/* Inside the runtime; or by sysmon, then m is NULL. */
static void deliver(struct m *m)
{
    struct go_waiter_ *woken = NULL, **end = &woken, *next;
    spin_lock(&lock);
    uint64_t came = xchg_seq(&pending, 0);
    for (struct want *w = wants; w; w = w->next)
        for (uint64_t left = came & w->mask; left; left &= left - 1)
            end = offer(w->c, __builtin_ctzll(left) + 1, end);
    spin_unlock(&lock);
    for (; woken; woken = next) {
        next = woken->next; /* its stack is gone after ready */
        waiter_wait_gate(woken->obj);
        if (m)
            ready(m, woken->g);
        else
            ready_without_m(woken->g);
    }
}

static void deliver_from_sysmon(void)
{
    deliver(NULL);
}

/* --- What a signal does; turn is held -------------------------------------------- */

static bool is_handler(const struct sigaction *sa, void (*f)(int))
{
    return !(sa->sa_flags & SA_SIGINFO) && sa->sa_handler == f;
}

static void (*handler_for(enum effect e))(int)
{
    return e == CAUGHT ? on_signal : SIG_IGN;
}

static void set_effect(int sig, enum effect want)
{
    struct sigaction now, *old = &before[sig - 1], sa;
    enum effect was = (enum effect)effect[sig - 1];
    if (want == was || sigaction(sig, NULL, &now) != 0)
        return;
    effect[sig - 1] = (uint8_t)want;
    if (want == BEFORE) {
        if (is_handler(&now, handler_for(was)))
            sigaction(sig, old, NULL);
        return;
    }
    if (was == BEFORE)
        *old = now;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = handler_for(want);
    sa.sa_flags = SA_ONSTACK | SA_RESTART;
    sigaction(sig, &sa, NULL);
}

/* What all channels but one want. */
static uint64_t wanted_without(const struct want *one)
{
    uint64_t all = 0;
    for (const struct want *w = wants; w; w = w->next)
        all |= w == one ? 0 : w->mask;
    return all;
}

static void set_effects(uint64_t wanted)
{
    for (int sig = 1; sig <= LAST; sig++)
        set_effect(sig, wanted & bit(sig) ? CAUGHT : ignored & bit(sig) ? IGNORED : BEFORE);
}

/* --- The list; turn is held ------------------------------------------------------ */

static struct want *find(const struct go_chan_ *c)
{
    struct want *w = wants;
    while (w && w->c != c)
        w = w->next;
    return w;
}

/* fresh is put into the list if c is not there. */
static bool add(struct go_chan_ *c, uint64_t mask, struct want *fresh)
{
    struct m *m = rt_enter();
    struct want *w = find(c);
    spin_lock(&lock);
    if (w) {
        w->mask |= mask;
    } else {
        if (!wants)
            io_waits(NULL, 1); /* S1 */
        *fresh = (struct want){ wants, c, mask };
        wants = fresh;
    }
    spin_unlock(&lock);
    rt_exit(m);
    return !w;
}

/* What has been caught is passed on first; the effects have been changed.  Takes the
 * channels that want nothing more off the list, and returns them. */
static struct want *forget(uint64_t mask, const struct go_chan_ *only)
{
    struct want *gone = NULL, **at = &wants, *w;
    struct m *m = rt_enter();
    deliver(m);
    spin_lock(&lock);
    while ((w = *at)) {
        if (!only || w->c == only)
            w->mask &= ~mask;
        if (w->mask) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        w->next = gone;
        gone = w;
    }
    if (gone && !wants)
        io_waits(NULL, -1); /* S1 */
    spin_unlock(&lock);
    rt_exit(m);
    return gone;
}

/* Without turn. */
static void let_go(struct want *gone)
{
    for (struct want *next; gone; gone = next) {
        next = gone->next;
        go_chan_drop_(gone->c);
        free(gone);
    }
}

/* --- The calls ------------------------------------------------------------------- */

static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGKILL, SIGSTOP };

static bool may_be_caught(int sig)
{
    if (sig < 1 || sig > LAST || (sig > CLASSIC && (sig < SIGRTMIN || sig > SIGRTMAX)))
        return false;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (sig == faults[i])
            return false;
    return !signal_kept(sig);
}

/* The signals as bits; 0: one of them cannot be caught. */
static uint64_t mask_of(const int *sigs, int n)
{
    uint64_t mask = 0;
    for (int sig = 1; n == 0 && sig <= CLASSIC; sig++)
        mask |= may_be_caught(sig) ? bit(sig) : 0;
    for (int i = 0; i < n; i++) {
        if (!may_be_caught(sigs[i]))
            return 0;
        mask |= bit(sigs[i]);
    }
    return mask;
}

int go_signal_notify_(struct go_chan_ *c, const int *sigs, int n)
{
    uint64_t mask = mask_of(sigs, n);
    if (!c)
        panic("os/signal: Notify using nil channel");
    if (!mask)
        return -EINVAL;
    struct want *fresh = malloc(sizeof *fresh);
    if (!fresh)
        fatal("out of memory");
    go_chan_hold_(c);
    go_mutex_lock(&turn);
    st_relaxed(&sysmon_signals, deliver_from_sysmon); /* seen by who sees the request */
    ignored &= ~mask;
    bool added = add(c, mask, fresh);
    set_effects(wanted_without(NULL));
    go_mutex_unlock(&turn);
    if (!added) {
        go_chan_drop_(c);
        free(fresh);
    }
    return 0;
}

void go_signal_stop_(struct go_chan_ *c)
{
    struct want *gone = NULL;
    go_mutex_lock(&turn);
    const struct want *w = find(c);
    if (w) {
        set_effects(wanted_without(w));
        gone = forget(UINT64_MAX, c);
    }
    go_mutex_unlock(&turn);
    let_go(gone);
}

static int withdraw(const int *sigs, int n, bool ignore)
{
    uint64_t mask = mask_of(sigs, n);
    if (!mask)
        return -EINVAL;
    go_mutex_lock(&turn);
    ignored = ignore ? ignored | mask : ignored & ~mask;
    set_effects(wanted_without(NULL) & ~mask);
    struct want *gone = forget(mask, NULL);
    go_mutex_unlock(&turn);
    let_go(gone);
    return 0;
}

int go_signal_ignore_(const int *sigs, int n)
{
    return withdraw(sigs, n, true);
}

int go_signal_reset_(const int *sigs, int n)
{
    return withdraw(sigs, n, false);
}

bool go_signal_ignored(int sig)
{
    struct sigaction now;
    return sig >= 1 && sig <= LAST && sigaction(sig, NULL, &now) == 0 && is_handler(&now, SIG_IGN);
}
