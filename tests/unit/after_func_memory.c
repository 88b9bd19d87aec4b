/* SPDX-License-Identifier: MIT */
/* The memory of go_after_func is given back exactly once, in user code, whichever of
 * handle, heap and goroutines is the last to need it. */
#include "check.h"

#include <goroutine.h>
#include <goroutine/debug.h>
#include <string.h>

#define US GO_MICROSECOND

/* The arguments; never plain bytes here, so that their end is told. */
struct call {
    char pattern[100];
};

static go_int64 made, ran, destroyed;

static void fill(struct call *c)
{
    memset(c->pattern, 'x', sizeof c->pattern);
}

static void check(const struct call *c)
{
    for (size_t i = 0; i < sizeof c->pattern; i++)
        CHECK_EQ(c->pattern[i], 'x');
}

static void entry(void *p)
{
    struct call *c = p;
    check(c);
    CHECK(((uintptr_t)p & 15) == 0);
    go_int64_add(&ran, 1);
    go_yield(); /* the handle may go meanwhile */
    check(c);
}

static void destroy(void *p)
{
    check(p);
    memset(p, 0, sizeof(struct call));
    go_int64_add(&destroyed, 1);
}

static go_timer *make(int64_t d)
{
    struct call c;
    fill(&c);
    go_int64_add(&made, 1);
    return go_after_func_(d, entry, &c, sizeof c, (const void *)entry, destroy);
}

static void all_gone(void)
{
    while (go_int64_load(&destroyed) != go_int64_load(&made))
        go_sleep(100 * US);
    CHECK_EQ(go_int64_load(&destroyed), go_int64_load(&made));
    go_verify();
}

static void each_order(void)
{
    go_timer *t = make(GO_FOREVER); /* never in a heap */
    go_timer_drop(t);
    all_gone();

    t = make(GO_HOUR); /* stopped, then dropped */
    CHECK(go_timer_stop(t));
    go_timer_drop(t);
    all_gone();

    int64_t before = go_int64_load(&ran);
    go_timer_drop(make(0)); /* dropped, then fires */
    all_gone();
    CHECK_EQ(go_int64_load(&ran), before + 1);

    t = make(0); /* runs, then dropped */
    while (go_int64_load(&ran) != before + 2)
        go_yield();
    go_timer_drop(t);
    all_gone();

    t = make(0); /* runs several times at once */
    for (int i = 0; i < 10; i++)
        go_timer_reset(t, 0);
    go_timer_drop(t);
    all_gone();
}

static void crew(unsigned seed, go_waitgroup *wg)
{
    for (int i = test_scale(300, 60); i > 0; i--) {
        seed = seed * 1103515245 + 12345;
        go_timer *t = make((int64_t)(seed >> 8) % 60 * US);
        if (seed >> 16 & 1)
            go_sleep((int64_t)(seed >> 20) % 60 * US);
        if (seed >> 17 & 1)
            go_timer_stop(t);
        if (seed >> 18 & 1)
            go_timer_reset(t, (int64_t)(seed >> 22) % 30 * US);
        if (seed >> 19 & 1)
            go_timer_stop(t);
        go_timer_drop(t);
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        each_order();
        go_waitgroup_add(&wg, 8);
        for (unsigned i = 0; i < 8; i++)
            go(crew, i * 77 + (unsigned)procs, &wg);
        go_waitgroup_wait(&wg);
        all_gone();
    }
    CHECK(go_int64_load(&ran) > 0);
}
