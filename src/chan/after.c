/* SPDX-License-Identifier: MIT */
/* go_after: a channel of capacity 1 with a timer in the same piece of memory.
 *
 * The timer holds no count: the last drop of the channel disarms it.  If the timer
 * fires just then, timer_disarm waits until its function has returned; what it
 * sends goes into the ring and is freed with it.  If its value was received before
 * the drop, the function may likewise still be on its way out, and is waited for. */
#include "chan/chan.h"

#include "timer/timer.h"

#include <goroutine/time.h>

static void after_fire(struct m *m, struct timer *t)
{
    int64_t due = t->when;             /* as in Go, however late we are */
    chan_send_inside(m, t->arg, &due); /* full or closed by the user: nothing to say */
}

static struct go_chan_ *after_new(int64_t d)
{
    struct go_chan_ *c;
    void *t;
    if (chan_new(&c, sizeof(int64_t), 1, sizeof(struct timer), &t))
        fatal("out of memory");
    c->timer = t;
    int64_t now = go_now();
    *c->timer = (struct timer){ .fire = after_fire, .arg = c, .when = now };
    struct m *m = rt_enter();
    if (d <= 0)
        after_fire(m, c->timer);
    else if (d < GO_FOREVER - now && timer_arm(m, c->timer, now + d) < 0)
        fatal("out of memory");
    rt_exit(m);
    return c;
}

go_chan(int64_t) go_after(int64_t d)
{
    return (go_chan(int64_t))after_new(d);
}
