/* SPDX-License-Identifier: MIT */
/* A pool's cells and depot: ageing, stealing, seizing, and no memory. */
#include "sync_eventually.h"

#include "base/options.h"
#include "sync/pool.h"

#include <string.h>

enum { MANY = 100 };

static char things[MANY];
static int destroyed[MANY]; /* atomic */

static void destroy(void *item)
{
    add_relaxed(&destroyed[(char *)item - things], 1);
}

static int dropped(void)
{
    int n = 0;
    for (int i = 0; i < MANY; i++)
        n += ld_relaxed(&destroyed[i]);
    return n;
}

static void put(go_pool *p, int first, int n)
{
    for (int i = 0; i < n; i++)
        go_pool_put(p, &things[first + i]);
}

static int get_all(go_pool *p)
{
    int n = 0;
    while (go_pool_get(p))
        n++;
    return n;
}

/* What nobody touches is dropped in the second period, neither before nor later; the
 * cell that is in use is left alone. */
static void ageing(void)
{
    go_pool p = { .destroy = destroy };
    memset(destroyed, 0, sizeof destroyed);
    go_maxprocs(1);
    put(&p, 0, MANY);
    CHECK_EQ(pool_verify(&p), MANY);
    pool_age(&p);
    CHECK_EQ(dropped(), 0);
    CHECK_EQ(pool_verify(&p), MANY);
    void *young = go_pool_get(&p);
    go_pool_put(&p, young);
    pool_age(&p);
    CHECK(dropped() > 0 && dropped() < MANY);
    CHECK(!ld_relaxed(&destroyed[(char *)young - things]));
    CHECK_EQ(pool_verify(&p) + (size_t)dropped(), MANY);
    pool_age(&p); /* the cell has not been used since */
    CHECK_EQ(dropped(), MANY);
    CHECK_EQ(pool_verify(&p), 0);
    CHECK(go_pool_get(&p) == NULL);
    go_pool_end(&p);
}

/* Got and put again, it is young again. */
static void used_is_young(void)
{
    go_pool p = { .destroy = destroy };
    memset(destroyed, 0, sizeof destroyed);
    put(&p, 0, MANY);
    for (int round = 0; round < 5; round++) {
        void *all[MANY];
        pool_age(&p);
        for (int i = 0; i < MANY; i++)
            CHECK((all[i] = go_pool_get(&p)));
        for (int i = 0; i < MANY; i++)
            go_pool_put(&p, all[i]);
    }
    CHECK_EQ(dropped(), 0);
    go_pool_end(&p);
    CHECK_EQ(dropped(), MANY);
}

/* The time comes by itself, for whoever uses the pool. */
static void comes_due(void)
{
    go_pool p = { .destroy = destroy };
    memset(destroyed, 0, sizeof destroyed);
    put(&p, 0, MANY - 1);
    while (dropped() == 0) {
        st_relaxed(&p.impl_->next_age, INT64_C(0)); /* as if it had */
        go_pool_put(&p, &things[MANY - 1]);
        CHECK(go_pool_get(&p) == &things[MANY - 1]);
        go_yield();
    }
    CHECK(ld_relaxed(&p.impl_->next_age) > 0);
    go_pool_end(&p);
}

/* Without destroy nothing is dropped. */
static void kept(void)
{
    go_pool p = { 0 };
    put(&p, 0, MANY);
    for (int i = 0; i < 5; i++)
        pool_age(&p);
    CHECK_EQ(pool_verify(&p), MANY);
    CHECK_EQ(get_all(&p), MANY);
    go_pool_end(&p);
}

struct theft {
    go_pool pool;
    bool put, stolen; /* atomic */
    go_waitgroup owner;
};

static void put_and_compute(struct theft *t)
{
    put(&t->pool, 0, CELL_ITEMS);
    st_release(&t->put, true);
    while (!ld_acquire(&t->stolen))
        cpu_relax();
}

/* A P's items are had by another, though the first never comes to share them. */
static void stealing(void)
{
    struct theft t = { .put = false };
    go_maxprocs(2);
    go_waitgroup_go(&t.owner, put_and_compute, &t);
    EVENTUALLY(ld_acquire(&t.put));
    int n = 0;
    for (int64_t end = go_now() + 30 * GO_SECOND; n < CELL_ITEMS;) {
        n += go_pool_get(&t.pool) != NULL;
        CHECK(go_now() < end);
    }
    st_release(&t.stolen, true);
    go_waitgroup_wait(&t.owner);
    CHECK(go_pool_get(&t.pool) == NULL);
    CHECK(pool_steal(&t.pool) == NULL);
    go_pool_end(&t.pool);
}

/* The owner of a seized cell does without it. */
static void seized(void)
{
    go_pool p = { 0 };
    go_maxprocs(1);
    put(&p, 0, 1);
    struct cell *c = p.impl_->chunk[0];
    CHECK_EQ(c->n, 1);
    CHECK_EQ(c->in, 0);
    st_seq(&c->seized, 1u);
    CHECK(spin_try_lock(&p.impl_->seizing));
    CHECK(go_pool_get(&p) == NULL);
    put(&p, 1, 20);
    CHECK_EQ(c->n, 1);
    CHECK_EQ(get_all(&p), 20);
    st_seq(&c->seized, 0u);
    CHECK_EQ(pool_steal(&p) == NULL, 1); /* another steals */
    spin_unlock(&p.impl_->seizing);
    CHECK_EQ(get_all(&p), 1);
    go_pool_end(&p);
}

/* The n-th allocation from now on fails. */
static void fail_nth(int n)
{
    static int64_t counted;
    counted += 1000;
    st_relaxed(&options.fail_at[FAIL_MALLOC], counted);
    while (!fault(FAIL_MALLOC))
        ;
    st_relaxed(&options.fail_at[FAIL_MALLOC], counted + n);
}

/* Without memory items are dropped at once; nothing else happens. */
static void no_memory(void)
{
    int most = 0;
    go_maxprocs(1);
    for (int n = 1; n < 8; n++) {
        go_pool p = { .destroy = destroy };
        memset(destroyed, 0, sizeof destroyed);
        fail_nth(n);
        put(&p, 0, MANY);
        st_relaxed(&options.fail_at[FAIL_MALLOC], (int64_t)0);
        size_t left = pool_verify(&p);
        CHECK_EQ(left + (size_t)dropped(), MANY);
        most = dropped() > most ? dropped() : most;
        CHECK_EQ(get_all(&p), (long)left);
        go_pool_end(&p);
    }
    CHECK(most > 0);
}

int main(void)
{
    ageing();
    used_is_young();
    comes_due();
    kept();
    for (int i = 0; i < test_scale(20, 3); i++)
        stealing();
    seized();
    no_memory();
}
