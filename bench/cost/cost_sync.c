/* SPDX-License-Identifier: MIT */
/* Locks and the like, without contention. */
#include "cost.h"

#include <goroutine/pool.h>
#include <goroutine/sema.h>

static void mutex(long n)
{
    go_mutex m = { 0 };
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_mutex_lock(&m);
        go_mutex_unlock(&m);
    }
    cost_end();
}

static void try_lock(long n)
{
    go_mutex m = { 0 };
    long refused = 0;
    go_mutex_lock(&m);
    cost_begin();
    for (long i = 0; i < n; i++)
        refused += !go_mutex_try_lock(&m);
    cost_end();
    cost_check(refused == n, "mutex.try");
    go_mutex_unlock(&m);
}

/* Lasts: the first readers and the following take different ways. */
static go_rwmutex shared;

static void read_lock(long n)
{
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_rwmutex_rlock(&shared);
        go_rwmutex_runlock(&shared);
    }
    cost_end();
}

static void write_lock(long n)
{
    go_rwmutex m = { 0 };
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_rwmutex_lock(&m);
        go_rwmutex_unlock(&m);
    }
    cost_end();
}

static void wait_group(long n)
{
    go_waitgroup wg = { 0 };
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&wg, 1);
        go_waitgroup_done(&wg);
    }
    cost_end();
    go_waitgroup_wait(&wg);
}

static void count(void *n)
{
    ++*(long *)n;
}

static void once(long n)
{
    go_once o = { 0 };
    long done = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        go_once_do(&o, count, &done);
    cost_end();
    cost_check(done == 1, "once");
}

static void semaphore(long n)
{
    go_sema s = GO_SEMA_INIT(4);
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_sema_acquire(&s, 2);
        go_sema_release(&s, 2);
    }
    cost_end();
}

static void *make_item(void *arg)
{
    (void)arg;
    return malloc(64);
}

static void pool(long n)
{
    go_pool p = { .make = make_item, .destroy = free };
    cost_begin();
    for (long i = 0; i < n; i++)
        go_pool_put(&p, go_pool_get(&p));
    cost_end();
    go_pool_end(&p);
}

/* Enough that it hardly matters how the map spreads them, which is chance. */
enum { KEYS = 1 << 13 };

/* The first half is in the map. */
static const void *keys[2 * KEYS];

/* Kept from run to run. */
static go_map map;

static void fill_map(void)
{
    if (go_map_len(&map) == KEYS)
        return;
    uint64_t x = 1;
    for (int i = 0; i < 2 * KEYS; i++) {
        x = x * 6364136223846793005 + 1442695040888963407;
        keys[i] = GO_MAP_KEY(x ^ x >> 32);
    }
    for (int i = 0; i < KEYS; i++)
        cost_check(go_map_store(&map, keys[i], &map) == 0, "map");
}

static void map_load(long n)
{
    fill_map();
    long found = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        found += go_map_load(&map, keys[i % KEYS], NULL);
    cost_end();
    cost_check(found == n, "map.load");
}

static void map_miss(long n)
{
    fill_map();
    long found = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        found += go_map_load(&map, keys[KEYS + i % KEYS], NULL);
    cost_end();
    cost_check(found == 0, "map.miss");
}

static void map_store(long n)
{
    fill_map();
    int errors = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        errors |= go_map_store(&map, keys[i % KEYS], &errors);
    cost_end();
    cost_check(errors == 0, "map.store");
}

const struct cost_op cost_sync_ops[] = {
    { "mutex", mutex, 10000 },
    { "mutex.try", try_lock, 10000 },
    { "rwmutex.read", read_lock, 10000 },
    { "rwmutex.write", write_lock, 10000 },
    { "waitgroup", wait_group, 10000 },
    { "once", once, 10000 },
    { "sema", semaphore, 10000 },
    { "pool", pool, 10000 },
    { "map.load", map_load, KEYS },
    { "map.miss", map_miss, KEYS },
    { "map.store", map_store, KEYS },
    { NULL, NULL, 0 },
};
