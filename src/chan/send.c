/* SPDX-License-Identifier: MIT */
/* Sending.  The steps and the reasons are in chan.h. */
#include "chan/chan.h"

#include <errno.h>
#include <goroutine/time.h>

/* The rest of a send that could not go on at once; the lock is held.  The value
 * stays where it is: on the stack of this goroutine, or wherever v points. */
static never_inline void send_wait(struct m *m, struct go_chan_ *c, const void *v)
{
    struct go_waiter_ w = { .g = m->curg, .elem = (void *)(uintptr_t)v };
    waitq_push(&c->sendq, &w);
    m = park(m, &c->recvq.lock_, WAIT_CHAN_SEND);
    rt_exit(m);
    if (unlikely(!w.ok))
        chan_panic_send();
}

static never_inline void send_closed(struct m *m, struct go_chan_ *c)
{
    chan_unlock(m, c);
    rt_exit(m);
    chan_panic_send();
}

/* Behind a call that would else be a jump: a trace must show where the library was
 * entered, to tell its frames from the user's. */
#define keep_frame() __asm__ volatile("")

/* Everything; the lock is held. */
static never_inline void send_locked(struct m *m, struct go_chan_ *c, const void *v)
{
    struct go_waiter_ *wake = NULL;
    enum chan_step step = chan_send_step(c, v, &wake);
    if (step == STEP_DONE)
        chan_finish(m, c, wake);
    else if (step == STEP_WAIT)
        send_wait(m, c, v);
    else
        send_closed(m, c);
}

static never_inline void send_slow(struct go_chan_ *c, const void *v)
{
    if (!c)
        chan_park_nil(WAIT_CHAN_SEND_NIL);
    struct m *m = rt_enter();
    chan_lock(m, c);
    send_locked(m, c, v);
}

/* The common steps without a call: a value goes to who waits for it alone, or into the
 * ring; or there is room for neither. */
void go_chan_send_(struct go_chan_ *c, const void *v)
{
    struct m *m;
    if (unlikely(!c) || unlikely(!(m = chan_enter_fast(c)))) {
        send_slow(c, v);
        keep_frame();
        return;
    }
    struct go_waiter_ *w = chan_sure_waiter(&c->recvq);
    if (w) {
        if (w->elem)
            chan_copy(w->elem, v, c->elem);
        chan_release(m, c, &c->recvq, w);
        return;
    }
    size_t count = chan_count(c);
    if (unlikely(c->recvq.head_ || chan_closed(c))) {
        send_locked(m, c, v);
        keep_frame();
        return;
    }
    if (count == c->cap) {
        send_wait(m, c, v);
        keep_frame();
        return;
    }
    chan_put(c, v);
    st_relaxed(&c->count, count + 1);
    chan_unlock(m, c);
    rt_exit(m);
}

enum chan_step chan_send_inside(struct m *m, struct go_chan_ *c, const void *v)
{
    struct go_waiter_ *wake = NULL;
    chan_lock(m, c);
    enum chan_step step = chan_send_step(c, v, &wake);
    chan_unlock(m, c);
    if (wake)
        chan_wake(m, wake);
    return step;
}

int go_chan_try_send_(struct go_chan_ *c, const void *v)
{
    if (!c || !chan_may_send(c))
        return -EAGAIN;
    struct m *m = rt_enter();
    enum chan_step step = chan_send_inside(m, c, v);
    rt_exit(m);
    if (unlikely(step == STEP_CLOSED))
        chan_panic_send();
    return step == STEP_DONE ? 0 : -EAGAIN;
}

static never_inline int send_wait_until(struct m *m, struct go_chan_ *c, const void *v,
                                        struct until u)
{
    uint32_t claim = 0;
    int err;
    struct go_waiter_ w = { .g = m->curg, .claim = &claim, .elem = (void *)(uintptr_t)v };
    waitq_push(&c->sendq, &w);
    m = park_until(m, &c->recvq.lock_, &c->sendq, &w, WAIT_CHAN_SEND, u, &err);
    rt_exit(m);
    if (err)
        return err;
    if (!w.ok)
        chan_panic_send();
    return 0;
}

static int send_bounded(struct go_chan_ *c, const void *v, struct until u)
{
    if (unlikely(!c))
        return park_alone(WAIT_CHAN_SEND_NIL, u);
    struct m *m = rt_enter();
    struct go_waiter_ *wake = NULL;
    chan_lock(m, c);
    enum chan_step step = chan_send_step(c, v, &wake);
    if (unlikely(step == STEP_CLOSED))
        send_closed(m, c);
    int late = step == STEP_WAIT ? until_over(u) : 0;
    if (step == STEP_WAIT && !late)
        return send_wait_until(m, c, v, u);
    chan_finish(m, c, wake);
    return late;
}

int go_chan_send_until_(struct go_chan_ *c, const void *v, int64_t deadline)
{
    return send_bounded(c, v, until_time(deadline));
}

int go_chan_send_ctx_(struct go_chan_ *c, const void *v, go_context *ctx)
{
    return send_bounded(c, v, until_context(ctx));
}
