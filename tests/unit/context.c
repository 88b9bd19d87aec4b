/* SPDX-License-Identifier: MIT */
/* context/tree.h from inside: the channel is closed before anything else of a walk, also
 * if it was made last; a context that has ended has no timer; who comes second, and who
 * drops last, waits for a walk that is still in the context. */
#include "context/tree.h"

#include "chan/chan.h"

#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>
#include <unistd.h>

struct probe {
    struct watcher w; /* first */
    go_context *ctx;
    int fired;
};

static bool closed(go_context *ctx)
{
    return chan_closed((struct go_chan_ *)go_context_done(ctx));
}

/* Everything on the way to the root has ended and says so. */
static struct cancel *look_up(struct m *m, struct watcher *w)
{
    struct probe *p = (struct probe *)(void *)w;
    (void)m;
    for (go_context *c = p->ctx; c->source; c = c->parent)
        CHECK(go_context_err(c) == -ECANCELED && closed(c));
    p->fired++;
    return NULL;
}

static void test_order(void)
{
    go_context *a = go_context_with_cancel(go_context_background());
    go_context *b = go_context_with_cancel(a), *c = go_context_with_cancel(b);
    go_context *all[] = { a, b, c };
    struct probe p[3];
    for (int i = 0; i < 3; i++) {
        p[i] = (struct probe){ .w.fire = look_up, .ctx = all[i] };
        CHECK(cancel_watch(&all[i]->end, &p[i].w));
    }
    for (int i = 2; i >= 0; i--)
        CHECK(go_context_done(all[i]) && !closed(all[i]));
    go_context_cancel(a);
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(p[i].fired, 1);
        go_context_drop(all[i]);
    }
}

static uint32_t timer_of(go_context *ctx)
{
    return ld_acquire(&ctx->own.timer.state);
}

static void test_timers(void)
{
    go_context *p = go_context_with_timeout(go_context_background(), GO_HOUR);
    go_context *c = go_context_with_timeout(p, GO_MINUTE), *d = go_context_with_timeout(p, GO_HOUR);
    CHECK(timer_of(p) == TIMER_ARMED && timer_of(c) == TIMER_ARMED);
    CHECK_EQ(timer_of(d), TIMER_IDLE); /* the parent's is earlier */
    go_context_cancel(c);
    CHECK(timer_of(p) == TIMER_ARMED && timer_of(c) == TIMER_IDLE);
    go_context *e = go_context_with_timeout(p, GO_MINUTE);
    go_context_cancel(p);
    CHECK(timer_of(p) == TIMER_IDLE && timer_of(e) == TIMER_IDLE);
    go_context *late = go_context_with_timeout(p, GO_SECOND);
    CHECK_EQ(timer_of(late), TIMER_IDLE);
    go_context *passed = go_context_with_timeout(go_context_background(), 0);
    CHECK_EQ(timer_of(passed), TIMER_IDLE);
    go_context *all[] = { p, c, d, e, late, passed };
    for (int i = 0; i < 6; i++)
        go_context_drop(all[i]);
}

/* --- A walk that stands still --------------------------------------------------- */

static uint32_t arrived, may_go; /* atomic */

static struct cancel *stand(struct m *m, struct watcher *w)
{
    (void)m, (void)w;
    st_seq(&arrived, 1u);
    while (!ld_seq(&may_go))
        cpu_relax();
    return NULL;
}

struct act {
    void (*f)(go_context *);
    go_context *ctx;
    uint32_t returned; /* atomic */
};

static void *act(void *arg)
{
    struct act *a = arg;
    a->f(a->ctx);
    st_seq(&a->returned, 1u);
    return NULL;
}

/* In one thread first; as soon as its walk stands in below, second in another: it waits. */
static void test_waits(void (*second)(go_context *), go_context *first_at, go_context *second_at,
                       go_context *below)
{
    struct watcher w = { .fire = stand };
    struct act one = { go_context_cancel, first_at, 0 }, two = { second, second_at, 0 };
    pthread_t t1, t2;
    st_seq(&arrived, 0u);
    st_seq(&may_go, 0u);
    CHECK(cancel_watch(&below->end, &w));
    CHECK_EQ(pthread_create(&t1, NULL, act, &one), 0);
    while (!ld_seq(&arrived))
        usleep(100);
    CHECK_EQ(pthread_create(&t2, NULL, act, &two), 0);
    usleep(5000);
    CHECK(!ld_seq(&two.returned));
    st_seq(&may_go, 1u);
    pthread_join(t1, NULL);
    pthread_join(t2, NULL);
    CHECK(one.returned && two.returned);
}

/* a - b - c */
static void tree(go_context *t[3])
{
    for (int i = 0; i < 3; i++)
        t[i] = go_context_with_cancel(i ? t[i - 1] : go_context_background());
}

static void test_second_cancel(void)
{
    static const int who[][3] = { { 0, 0, 2 }, { 1, 0, 1 }, { 1, 0, 2 }, { 0, 1, 2 } };
    for (int i = 0; i < 4; i++) {
        go_context *t[3];
        tree(t);
        test_waits(go_context_cancel, t[who[i][0]], t[who[i][1]], t[who[i][2]]);
        for (int k = 0; k < 3; k++)
            go_context_drop(t[k]);
    }
}

static void test_drop_waits(void)
{
    go_context *t[3];
    tree(t);
    go_context_drop(t[1]);
    test_waits(go_context_drop, t[0], t[2], t[2]); /* the last hold of c, so of b */
    go_context_drop(t[0]);
}

int main(void)
{
    test_order();
    test_timers();
    test_second_cancel();
    test_drop_waits();
    return 0;
}
