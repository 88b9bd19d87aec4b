/* SPDX-License-Identifier: MIT */
/* Groups and flights by the hundred, made and ended at once by goroutines and threads:
 * no group returns before its members, each flight is flown once for those who share it,
 * counted values are freed once. */
#include "sync_crew.h"

#include <errno.h>

enum { MEMBERS = 6, KEYS = 5 };

static int steps;
static int64_t inside; /* atomic: members of groups */

struct counted {
    uint32_t holders; /* atomic */
    uint32_t key;
};

static int64_t values; /* atomic: struct counted that live */

static void hold(void *v)
{
    add_relaxed(&((struct counted *)v)->holders, 1u);
}

static void drop(void *v)
{
    if (sub_seq(&((struct counted *)v)->holders, 1u) == 0) {
        add_seq(&values, -1);
        free(v);
    }
}

static go_singleflight flights = { .hold = hold, .drop = drop };

static int member(go_context *ctx, int64_t *mine, uint32_t how)
{
    add_seq(&inside, 1);
    int err = 0;
    if (how % 4 == 0)
        err = go_sleep_ctx((how % 50) * GO_MICROSECOND, ctx);
    else if (how % 4 == 1)
        go_yield();
    add_seq(mine, 1);
    add_seq(&inside, -1);
    if (how % 16 == 3)
        go_exit();
    return how % 64 == 5 ? 7 : err;
}

static void run_group(uint32_t *seed, go_context *parent)
{
    int64_t mine = 0;
    uint32_t n = chance(seed, 12);
    go_group *g = go_group_new(parent);
    if (chance(seed, 2))
        go_group_set_limit(g, 1 + (int)chance(seed, 4));
    for (uint32_t i = 0; i < n; i++)
        go_group_go(g, member, go_group_context(g), &mine, chance(seed, 1000));
    int err = go_group_wait(g);
    CHECK_EQ(ld_seq(&mine), n);
    CHECK(err == 0 || err == 7 || err == -ECANCELED || err == -ETIMEDOUT);
}

static int make(void *arg, void **value)
{
    struct counted *c = calloc(1, sizeof *c);
    CHECK(c != NULL);
    c->holders = 1;
    c->key = (uint32_t)(uintptr_t)arg;
    add_seq(&values, 1);
    *value = c;
    go_yield();
    if (c->key == 0)
        go_sleep(20 * GO_MICROSECOND);
    return 0;
}

static void fly(uint32_t *seed, go_context *ctx)
{
    char key[] = "key 0";
    uint32_t k = chance(seed, KEYS);
    void *arg = (void *)(uintptr_t)k;
    go_flight f = { NULL, 0, false };
    int err = 0;
    key[4] = (char)('0' + k);
    switch (chance(seed, 5)) {
    case 0: {
        go_chan(go_flight) c = go_singleflight_do_chan(&flights, key, make, arg);
        go_recv(c, &f);
        go_drop(c);
        break;
    }
    case 1:
        err = go_singleflight_do_ctx(&flights, key, make, arg, &f, ctx);
        break;
    case 2:
        go_singleflight_forget(&flights, key);
        /* fall through */
    default:
        f = go_singleflight_do(&flights, key, make, arg);
        break;
    }
    CHECK(err == 0 || !f.value);
    if (f.value) {
        CHECK_EQ(((struct counted *)f.value)->key, k);
        drop(f.value);
    }
}

static void work(void *arg, uint32_t seed)
{
    (void)arg;
    for (int i = 0; i < steps; i++) {
        go_context *ctx =
            go_context_with_timeout(go_context_background(), chance(&seed, 100) * GO_MICROSECOND);
        if (chance(&seed, 2))
            run_group(&seed, chance(&seed, 2) ? ctx : NULL);
        else
            fly(&seed, ctx);
        go_context_drop(ctx);
    }
}

int main(void)
{
    steps = test_scale(1000, 60);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        crew_run(MEMBERS, work, NULL);
        CHECK_EQ(ld_seq(&inside), 0);
        int64_t limit = go_now() + 20 * GO_SECOND; /* flights that nobody waits for */
        while (ld_seq(&values) > 0 && go_now() < limit)
            go_yield();
        CHECK_EQ(ld_seq(&values), 0);
        go_verify();
    }
    return 0;
}
