/* SPDX-License-Identifier: MIT */
/* The channel of a timer or ticker, as in Go since 1.23.
 *
 * There is no value before somebody receives it.  timer->when is the next time to be
 * delivered; a receive takes it as soon as it has come, and moves when on: to
 * TIMER_STOPPED, or for a ticker to the next tick that has not come.  So stop and
 * reset leave nothing stale behind: they change when, under the lock of the channel.
 * Ticks that came while nobody received are one, the oldest.
 *
 * The heap is an alarm clock for those who wait, and only for them: arming a timer
 * that nobody waits for is a store.  With its first waiter it goes into the heap; it
 * may stay there when the waiter leaves.  While it is there, the heap decides when
 * the time has come: a look at the channel needs no look at the clock.
 *
 * States: the timer's own (timer.h, it ends itself), under the channel's lock.
 * Invariants, whenever that is free and the channel open:
 *  K1  ARMED => in a heap at when.
 *  K2  a live receiver is queued and when < TIMER_NEVER => not IDLE.
 *
 * The record lies behind the channel, in the same memory, and holds no count of it:
 * the last drop ends it.
 */
#include "chan/chan.h"

#include "timer/go_timer.h"

static bool alarm_off(const struct go_timer *t)
{
    /* Acquire: when is not older.  Pairs with the release in timer_chan_fire. */
    return ld_acquire(&t->timer.state) == TIMER_IDLE;
}

static void arm(struct m *m, struct go_timer *t)
{
    if (timer_arm(m, &t->timer, t->when) < 0)
        fatal("out of memory");
}

/* when has been delivered. */
static void move_on(struct go_timer *t, int64_t now)
{
    int64_t next = TIMER_STOPPED;
    if (t->period) {
        int64_t missed = now > t->when ? (now - t->when) / t->period : 0, way;
        if (__builtin_mul_overflow(missed + 1, t->period, &way) ||
            __builtin_add_overflow(t->when, way, &next) || next > TIMER_NEVER)
            next = TIMER_NEVER;
    }
    st_relaxed(&t->when, next);
}

/* "No" is true of the moment of the first look at which it could be told: in the heap
 * it has not come, else it had not at the look at the clock. */
bool timer_chan_ready(struct go_chan_ *c)
{
    struct go_timer *t = c->timer;
    if (!alarm_off(t))
        return false;
    int64_t when = ld_relaxed(&t->when);
    return when < TIMER_NEVER && when <= clock_now();
}

enum chan_step timer_chan_step(struct go_chan_ *c, void *dst)
{
    struct go_timer *t = c->timer;
    if (!alarm_off(t) || t->when >= TIMER_NEVER)
        return STEP_WAIT;
    int64_t now = clock_now();
    if (t->when > now)
        return STEP_WAIT;
    if (dst)
        memcpy(dst, &t->when, sizeof t->when);
    move_on(t, now);
    return STEP_DONE;
}

void timer_chan_await(struct go_chan_ *c)
{
    struct go_timer *t = c->timer;
    if (alarm_off(t) && t->when < TIMER_NEVER)
        arm(m_self(), t);
}

/* The heap found it due.  Whether it still is, when says. */
static struct go_waiter_ *fire_step(struct m *m, struct go_chan_ *c, struct timer *alarm)
{
    struct go_timer *t = c->timer;
    struct go_waiter_ *w = NULL;
    if (chan_closed(c))
        return NULL;
    if (t->when <= alarm->when && (w = waitq_pop(&c->recvq))) {
        if (w->elem)
            memcpy(w->elem, &t->when, sizeof t->when);
        w->ok = true;
        move_on(t, t->period ? clock_now() : t->when);
    }
    if (t->when < TIMER_NEVER && c->recvq.head_)
        arm(m, t);
    return w;
}

static void timer_chan_fire(struct m *m, struct timer *alarm)
{
    struct go_chan_ *c = alarm->arg;
    chan_lock(m, c);
    st_release(&alarm->state, (uint32_t)TIMER_IDLE);
    struct go_waiter_ *w = fire_step(m, c, alarm);
    chan_unlock(m, c);
    if (w)
        chan_wake(m, w);
}

/* Without a locked instruction if the timer is not in use: who sees IDLE sees that
 * fire has the lock, or has given it back. */
void timer_chan_end(struct go_chan_ *c)
{
    struct timer *alarm = &c->timer->timer;
    if (alarm_off(c->timer) && !ld_acquire(&c->recvq.lock_))
        return;
    struct m *m = rt_enter();
    for (unsigned round = 0;; round++) {
        chan_lock(m, c);
        timer_pull(alarm);
        bool off = ld_relaxed(&alarm->state) == TIMER_IDLE;
        chan_unlock(m, c);
        if (off)
            break;
        timer_relax(round);
    }
    rt_exit(m);
}

void timer_chan_verify(struct go_chan_ *c)
{
    struct go_timer *t = c->timer;
    uint32_t state = ld_relaxed(&t->timer.state);
    bool waited = false;
    for (struct go_waiter_ *w = c->recvq.head_; w; w = w->next)
        waited |= !w->claim || !ld_relaxed(w->claim);
    if (chan_closed(c))
        return;
    ensure(state != TIMER_ARMED || t->timer.when == t->when);         /* K1 */
    ensure(!waited || t->when >= TIMER_NEVER || state != TIMER_IDLE); /* K2 */
}

/* A channel whose timer runs until when. */
static struct go_timer *timer_new(int64_t d, int64_t period)
{
    struct go_chan_ *c;
    void *behind;
    if (chan_new(&c, sizeof(int64_t), 0, sizeof(struct go_timer), &behind))
        fatal("out of memory");
    struct go_timer *t = c->timer = behind;
    *t = (struct go_timer){
        .timer = { .fire = timer_chan_fire, .arg = c, .ends_itself = true },
        .when = timer_when(d),
        .period = period,
    };
    c->sendq.lock_ = CHAN_TIMER;
    return t;
}

static struct go_chan_ *chan_of(struct go_timer *t)
{
    return t->timer.arg;
}

/* Stop, or run until when.  One that is FIRING finds the new time when it has the
 * lock. */
static bool timer_move(struct go_timer *t, int64_t when, int64_t period)
{
    struct go_chan_ *c = chan_of(t);
    struct m *m = rt_enter();
    chan_lock(m, c);
    bool was_running = t->when != TIMER_STOPPED;
    st_relaxed(&t->when, when);
    t->period = period;
    if (unlikely(ld_relaxed(&t->timer.state) == TIMER_ARMED))
        timer_pull(&t->timer);
    if (unlikely(c->recvq.head_ != NULL))
        timer_chan_await(c);
    chan_unlock(m, c);
    rt_exit(m);
    return was_running;
}

go_timer *go_timer_new(int64_t d)
{
    return timer_new(d, 0);
}

go_chan(int64_t) go_timer_chan(go_timer *t)
{
    return (go_chan(int64_t))(t ? chan_of(t) : NULL);
}

bool go_timer_stop(go_timer *t)
{
    if (unlikely(!t))
        panic("time: Stop called on uninitialized Timer");
    return likely(chan_of(t)) ? timer_move(t, TIMER_STOPPED, 0) : after_func_stop(t);
}

bool go_timer_reset(go_timer *t, int64_t d)
{
    if (unlikely(!t))
        panic("time: Reset called on uninitialized Timer");
    int64_t when = timer_when(d);
    return likely(chan_of(t)) ? timer_move(t, when, 0) : after_func_reset(t, when);
}

void go_timer_drop(go_timer *t)
{
    if (t && chan_of(t))
        go_chan_drop_(chan_of(t));
    else if (t)
        after_func_drop(t);
}

/* A go_ticker is a timer with a period, under another name. */
static struct go_timer *timer_of(go_ticker *t)
{
    return (struct go_timer *)(void *)t;
}

go_ticker *go_ticker_new(int64_t d)
{
    if (d <= 0)
        panic("non-positive interval for NewTicker");
    return (go_ticker *)(void *)timer_new(d, d);
}

go_chan(int64_t) go_ticker_chan(go_ticker *t)
{
    return go_timer_chan(timer_of(t));
}

void go_ticker_stop(go_ticker *t)
{
    if (t)
        timer_move(timer_of(t), TIMER_STOPPED, 0);
}

void go_ticker_reset(go_ticker *t, int64_t d)
{
    if (d <= 0)
        panic("non-positive interval for Ticker.Reset");
    if (!t)
        panic("time: Reset called on uninitialized Ticker");
    timer_move(timer_of(t), timer_when(d), d);
}

void go_ticker_drop(go_ticker *t)
{
    go_timer_drop(timer_of(t));
}

go_chan(int64_t) go_after(int64_t d)
{
    return go_timer_chan(timer_new(d, 0));
}

go_chan(int64_t) go_tick(int64_t d)
{
    return d > 0 ? go_timer_chan(timer_new(d, d)) : NULL;
}
