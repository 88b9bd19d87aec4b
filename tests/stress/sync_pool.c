/* SPDX-License-Identifier: MIT */
/* A pool under goroutines and threads that put, get, steal, age and clear while the
 * number of Ps changes.  Every item is in one place all the time. */
#include "sync_crew.h"

#include "sync/pool.h"

enum { ITEMS = 400, HOLD = 30 };

struct item {
    int held;  /* atomic */
    long uses; /* who holds it */
};

struct shared {
    go_pool pool;
    long dropped; /* atomic */
};

static struct shared shared;
static struct item items[ITEMS];
static int rounds;

/* Dropped is not gone: it comes back at once. */
static void recycle(void *item)
{
    struct item *i = item;
    CHECK_EQ(ld_relaxed(&i->held), 0);
    add_relaxed(&shared.dropped, 1);
    go_pool_put(&shared.pool, i);
}

static void hold_some(struct shared *s, uint32_t *seed)
{
    struct item *held[HOLD];
    uint32_t n = 0, most = chance(seed, HOLD);
    while (n < most && (held[n] = go_pool_get(&s->pool))) {
        CHECK_EQ(add_relaxed(&held[n]->held, 1), 1);
        held[n++]->uses++;
    }
    if (chance(seed, 16) == 0)
        go_yield();
    while (n > 0) {
        CHECK_EQ(add_relaxed(&held[--n]->held, -1), 0);
        go_pool_put(&s->pool, held[n]);
    }
}

static void work(void *arg, uint32_t seed)
{
    struct shared *s = arg;
    for (int i = 0; i < rounds; i++) {
        void *x;
        switch (chance(&seed, 64)) {
        case 0:
            pool_age(&s->pool);
            break;
        case 1:
            x = pool_steal(&s->pool);
            go_pool_put(&s->pool, x);
            break;
        case 2:
            CHECK(pool_verify(&s->pool) <= ITEMS + HOLD);
            break;
        case 3:
            if (chance(&seed, 8) == 0)
                go_maxprocs(1 + (int)chance(&seed, 4));
            break;
        default:
            hold_some(s, &seed);
        }
    }
}

int main(void)
{
    rounds = test_scale(1000, 100);
    shared.pool.destroy = recycle;
    for (int i = 0; i < ITEMS; i++)
        go_pool_put(&shared.pool, &items[i]);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int n = 2; n <= 32; n *= 4) {
            crew_run(n, work, &shared);
            CHECK_EQ(pool_verify(&shared.pool), ITEMS);
        }
    }
    CHECK(shared.dropped > 0);
    shared.pool.destroy = NULL;
    go_pool_end(&shared.pool);
}
