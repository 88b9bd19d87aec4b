/* SPDX-License-Identifier: MIT */
/* A forest of contexts that goroutines and threads make, end, wait for and drop at random,
 * with deadlines of microseconds among them.  After each round all values have been
 * destroyed, all functions have run or were stopped, and the runtime is sound. */
#include "sync_crew.h"

#include <errno.h>

enum { SLOTS = 24, MEMBERS = 6 };

static struct {
    go_mutex lock;
    go_context *ctx; /* lock; held; NULL: the root */
} slot[SLOTS];

static int steps;
static char key;
static int64_t made, destroyed;           /* atomic: values */
static int64_t left_behind, ran, stopped; /* atomic: functions */

/* A hold of what is in a random slot. */
static go_context *borrow(uint32_t *seed)
{
    uint32_t i = chance(seed, SLOTS);
    go_mutex_lock(&slot[i].lock);
    go_context *ctx = go_context_hold(slot[i].ctx);
    go_mutex_unlock(&slot[i].lock);
    return ctx ? ctx : go_context_background();
}

/* Into a random slot; what was there loses that hold. */
static void store(uint32_t *seed, go_context *ctx)
{
    uint32_t i = chance(seed, SLOTS);
    go_mutex_lock(&slot[i].lock);
    go_context *old = slot[i].ctx;
    slot[i].ctx = ctx;
    go_mutex_unlock(&slot[i].lock);
    go_context_drop(old);
}

static void destroy(void *value)
{
    (void)value;
    add_seq(&destroyed, 1);
}

static void run(void)
{
    add_seq(&ran, 1);
}

static go_context *make(uint32_t *seed, go_context *parent)
{
    switch (chance(seed, 7)) {
    case 0:
    case 1:
        return go_context_with_cancel(parent);
    case 2:
        return go_context_with_timeout(parent, chance(seed, 200) * GO_MICROSECOND);
    case 3:
        return go_context_with_timeout_cause(parent, GO_HOUR, 5);
    case 4:
        return go_context_without_cancel(parent);
    default:
        add_seq(&made, 1);
        return go_context_with_value_owned(parent, &key, &key, destroy);
    }
}

static void wait_for(uint32_t *seed, go_context *ctx)
{
    go_context *limited = go_context_with_timeout(ctx, chance(seed, 100) * GO_MICROSECOND);
    int err = 0;
    switch (chance(seed, 4)) {
    case 0:
        err = go_sleep_ctx(GO_HOUR, limited);
        break;
    case 1:
        CHECK(!go_recv(go_context_done(limited), NULL));
        break;
    case 2:
        CHECK_EQ(go_select(go_on_done(limited), go_on_timeout(GO_HOUR)), 0);
        break;
    default:
        err = go_recv_ctx((go_chan(int))NULL, NULL, limited);
        break;
    }
    CHECK(go_context_err(limited) != 0);
    CHECK(err == 0 || err == go_context_err(limited));
    CHECK_EQ(go_try_recv(go_context_done(limited), NULL), -EPIPE);
    go_context_drop(limited);
}

static void leave_function(uint32_t *seed, go_context *ctx)
{
    go_context *own = go_context_with_timeout(ctx, chance(seed, 100) * GO_MICROSECOND);
    go_context_after *a = go_context_after_func(own, run);
    add_seq(&left_behind, 1);
    if (chance(seed, 2))
        go_context_cancel(own);
    if (chance(seed, 2))
        add_seq(&stopped, go_context_after_stop(a));
    else
        go_context_after_drop(a);
    go_context_drop(own);
}

/* A child that the others may find, and one that is cancelled under them. */
static void cancel_below(uint32_t *seed, go_context *ctx)
{
    go_context *top = go_context_with_cancel(ctx), *below = go_context_with_cancel(top);
    store(seed, go_context_hold(below));
    for (uint32_t n = chance(seed, 4); n > 0; n--)
        store(seed, make(seed, below));
    go_context_cancel_cause(top, 6);
    CHECK(go_context_err(below) != 0 && go_context_cause(below) != 0);
    go_context_drop(below);
    go_context_drop(top);
}

static void work(void *arg, uint32_t seed)
{
    (void)arg;
    for (int i = 0; i < steps; i++) {
        go_context *ctx = borrow(&seed);
        switch (chance(&seed, 8)) {
        case 0:
            wait_for(&seed, ctx);
            break;
        case 1:
            leave_function(&seed, ctx);
            break;
        case 2:
        case 3:
            cancel_below(&seed, ctx);
            break;
        case 4:
            store(&seed, NULL);
            break;
        default:
            CHECK(go_context_cause(ctx) == 0 || go_context_err(ctx) != 0);
            store(&seed, make(&seed, ctx));
            break;
        }
        go_context_drop(ctx);
    }
}

static void round_of(void)
{
    crew_run(MEMBERS, work, NULL);
    go_verify();
    for (int i = 0; i < SLOTS; i++) {
        go_context_drop(slot[i].ctx);
        slot[i].ctx = NULL;
    }
    while (ld_seq(&ran) + ld_seq(&stopped) < ld_seq(&left_behind))
        go_yield();
    CHECK_EQ(ld_seq(&ran) + ld_seq(&stopped), ld_seq(&left_behind));
    int64_t limit = go_now() + 20 * GO_SECOND; /* a function's goroutine has the last hold */
    while (ld_seq(&destroyed) < ld_seq(&made) && go_now() < limit)
        go_yield();
    CHECK_EQ(ld_seq(&destroyed), ld_seq(&made));
    go_verify();
}

int main(void)
{
    steps = test_scale(3000, 150);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        round_of();
    }
    return 0;
}
