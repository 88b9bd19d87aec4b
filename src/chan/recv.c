/* SPDX-License-Identifier: MIT */
/* Receiving.  The steps and the reasons are in chan.h. */
#include "chan/chan.h"

#include <errno.h>
#include <goroutine/time.h>

/* The rest of a receive that could not go on at once; the lock is held.  Who
 * wakes us has written *dst, the zero of a close included. */
static never_inline bool recv_wait(struct m *m, struct go_chan_ *c, void *dst)
{
    struct go_waiter_ w = { .g = m->curg, .elem = dst };
    chan_queue_recv(c, &w);
    m = park(m, &c->recvq.lock_, WAIT_CHAN_RECV);
    rt_exit(m);
    return w.ok;
}

/* Closed and drained; the lock is held. */
static never_inline void recv_closed(struct m *m, struct go_chan_ *c, void *dst)
{
    if (dst)
        memset(dst, 0, c->elem);
    chan_unlock(m, c);
    rt_exit(m);
}

/* Everything; the lock is held. */
static never_inline bool recv_locked(struct m *m, struct go_chan_ *c, void *dst)
{
    struct go_waiter_ *wake = NULL;
    enum chan_step step = chan_recv_step(c, dst, &wake);
    if (step == STEP_DONE)
        chan_finish(m, c, wake);
    else if (step == STEP_WAIT)
        return recv_wait(m, c, dst);
    else
        recv_closed(m, c, dst);
    return step == STEP_DONE;
}

static never_inline bool recv_slow(struct go_chan_ *c, void *dst)
{
    if (!c)
        chan_park_nil(WAIT_CHAN_RECV_NIL);
    struct m *m = rt_enter();
    chan_lock(m, c);
    return recv_locked(m, c, dst);
}

/* The common steps without a call: a value from the ring, or from who waits with it alone;
 * or there is neither. */
bool go_chan_recv_(struct go_chan_ *c, void *dst)
{
    struct m *m;
    if (unlikely(!c) || unlikely(!(m = chan_enter_fast(c))))
        return recv_slow(c, dst);
    size_t count = chan_count(c);
    if (!count) {
        struct go_waiter_ *w = chan_sure_waiter(&c->sendq);
        if (w) {
            if (dst)
                chan_copy(dst, w->elem, c->elem);
            chan_release(m, c, &c->sendq, w);
            return true;
        }
        return c->sendq.head_ || ld_relaxed(&c->sendq.lock_) ? recv_locked(m, c, dst)
                                                             : recv_wait(m, c, dst);
    }
    if (unlikely(c->sendq.head_ != NULL))
        return recv_locked(m, c, dst);
    chan_take(c, dst);
    st_relaxed(&c->count, count - 1);
    chan_unlock(m, c);
    rt_exit(m);
    return true;
}

int go_chan_try_recv_(struct go_chan_ *c, void *dst)
{
    if (!c || !chan_may_recv(c))
        return -EAGAIN;
    struct m *m = rt_enter();
    struct go_waiter_ *wake = NULL;
    chan_lock(m, c);
    enum chan_step step = chan_recv_step(c, dst, &wake);
    if (unlikely(step == STEP_CLOSED)) {
        recv_closed(m, c, dst);
        return -EPIPE;
    }
    chan_finish(m, c, wake);
    return step == STEP_DONE ? 0 : -EAGAIN;
}

static never_inline int recv_wait_until(struct m *m, struct go_chan_ *c, void *dst, struct until u)
{
    uint32_t claim = 0;
    int err;
    struct go_waiter_ w = { .g = m->curg, .claim = &claim, .elem = dst };
    chan_queue_recv(c, &w);
    m = park_until(m, &c->recvq.lock_, &c->recvq, &w, WAIT_CHAN_RECV, u, &err);
    rt_exit(m);
    return err ? err : w.ok ? 0 : -EPIPE;
}

static int recv_bounded(struct go_chan_ *c, void *dst, struct until u)
{
    if (unlikely(!c))
        return park_alone(WAIT_CHAN_RECV_NIL, u);
    struct m *m = rt_enter();
    struct go_waiter_ *wake = NULL;
    chan_lock(m, c);
    enum chan_step step = chan_recv_step(c, dst, &wake);
    if (unlikely(step == STEP_CLOSED)) {
        recv_closed(m, c, dst);
        return -EPIPE;
    }
    int late = step == STEP_WAIT ? until_over(u) : 0;
    if (step == STEP_WAIT && !late)
        return recv_wait_until(m, c, dst, u);
    chan_finish(m, c, wake);
    return late;
}

int go_chan_recv_until_(struct go_chan_ *c, void *dst, int64_t deadline)
{
    return recv_bounded(c, dst, until_time(deadline));
}

int go_chan_recv_ctx_(struct go_chan_ *c, void *dst, go_context *ctx)
{
    return recv_bounded(c, dst, until_context(ctx));
}
