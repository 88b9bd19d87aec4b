/* SPDX-License-Identifier: MIT */
/* Sleeping.  No signal ends it early: what is left is nothing. */
#include "wait.h"

static bool valid(const struct timespec *t)
{
    return t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < GO_SECOND;
}

/* A sleep of nothing lets others run. */
static void sleep_for(int64_t span)
{
    if (span > 0)
        go_sleep_until(wait_until(span));
    else
        go_yield();
}

static bool parks(void)
{
    return go_on_goroutine() && wait_here();
}

HOOK(unsigned, sleep, unsigned seconds)
{
    if (!parks())
        return REAL(sleep)(seconds);
    sleep_for(seconds * GO_SECOND);
    return 0;
}

HOOK(int, usleep, useconds_t us)
{
    if (!parks())
        return REAL(usleep)(us);
    sleep_for(us * GO_MICROSECOND);
    return 0;
}

HOOK(int, nanosleep, const struct timespec *t, struct timespec *left)
{
    if (!parks() || !valid(t))
        return REAL(nanosleep)(t, left);
    sleep_for(wait_ns(t->tv_sec, t->tv_nsec));
    return 0;
}

struct clock_call {
    clockid_t clock;
    int flags, r;
    const struct timespec *t;
    struct timespec *left;
};

static void do_clock_nanosleep(struct clock_call *c)
{
    c->r = REAL(clock_nanosleep)(c->clock, c->flags, c->t, c->left);
}

/* go_now() is CLOCK_MONOTONIC.  A span of CLOCK_REALTIME is the same, a time on it may
 * come sooner or later: when the clock is set.  The others go on while the machine sleeps,
 * or count something else: a thread waits. */
HOOK(int, clock_nanosleep, clockid_t clock, int flags, const struct timespec *t,
     struct timespec *left)
{
    struct clock_call c = { clock, flags, -1, t, left };
    bool span = !(flags & TIMER_ABSTIME);
    if (!parks() || !valid(t))
        do_clock_nanosleep(&c);
    else if (clock == CLOCK_MONOTONIC && !span)
        go_sleep_until(wait_ns(t->tv_sec, t->tv_nsec));
    else if (span && (clock == CLOCK_MONOTONIC || clock == CLOCK_REALTIME))
        sleep_for(wait_ns(t->tv_sec, t->tv_nsec));
    else
        go_block(do_clock_nanosleep, &c);
    return c.r > 0 ? c.r : 0;
}

HOOK_ALSO(int, __nanosleep, const struct timespec *t, struct timespec *left)
{
    return mine_nanosleep(t, left);
}
