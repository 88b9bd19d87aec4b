/* SPDX-License-Identifier: MIT */
/* A concurrent map of 65,536 integer keys: each operation by one goroutine, then by
 * eight at once (".8").  Figures are nanoseconds of the whole program for an operation. */
#include "report.h"

#include <goroutine.h>

enum { KEYS = 1 << 16, WORKERS = 8 };

static go_map map;

static inline const void *key_at(uint64_t i)
{
    return GO_MAP_KEY(i * 2654435761u % KEYS);
}

static void check(bool ok)
{
    if (!ok)
        report_fail("map: wrong result");
}

static void hit(long n, uint64_t from)
{
    for (long i = 0; i < n; i++)
        check(go_map_load(&map, key_at(from + (uint64_t)i), NULL));
}

static void miss(long n, uint64_t from)
{
    for (long i = 0; i < n; i++)
        check(!go_map_load(&map, GO_MAP_KEY(KEYS + (from + (uint64_t)i) % KEYS), NULL));
}

static void store(long n, uint64_t from)
{
    for (long i = 0; i < n; i++)
        check(go_map_store(&map, key_at(from + (uint64_t)i), &map) == 0);
}

/* A new key comes, and goes: two operations. */
static void churn(long n, uint64_t from)
{
    for (long i = 0; i < n / 2; i++) {
        const void *key = GO_MAP_KEY((from << 32) + KEYS + (uint64_t)i % KEYS);
        check(go_map_load_or_store(&map, key, &map, NULL) == 0);
        check(go_map_delete(&map, key));
    }
}

/* Nine loads, one store. */
static void mixed(long n, uint64_t from)
{
    for (long i = 0; i < n / 10; i++) {
        hit(9, from + (uint64_t)i * 10);
        store(1, from + (uint64_t)i * 10 + 9);
    }
}

static bool count(const void *key, void *value, void *arg)
{
    (void)key, (void)value;
    ++*(long *)arg;
    return true;
}

static void range(long n, uint64_t from)
{
    (void)from;
    for (long i = 0; i < n / KEYS; i++) {
        long seen = 0;
        go_map_range(&map, count, &seen);
        check(seen == KEYS);
    }
}

static void measure(const char *name, void (*f)(long, uint64_t), long n)
{
    struct report_span start = report_start();
    f(n, 0);
    report_per_op(name, start, n);
    char of_eight[32];
    snprintf(of_eight, sizeof of_eight, "%s.8", name);
    go_waitgroup wg = { 0 };
    start = report_start();
    for (int w = 0; w < WORKERS; w++)
        go_waitgroup_go(&wg, f, n / WORKERS, (uint64_t)w * 7919);
    go_waitgroup_wait(&wg);
    report_per_op(of_eight, start, n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    for (uint64_t i = 0; i < KEYS; i++)
        check(go_map_store(&map, GO_MAP_KEY(i), &map) == 0);
    measure("map.hit", hit, n);
    measure("map.miss", miss, n);
    measure("map.store", store, n);
    measure("map.churn", churn, n);
    measure("map.mixed", mixed, n);
    measure("map.range", range, n < KEYS * WORKERS ? KEYS * WORKERS : n);
    go_map_free(&map);
}
