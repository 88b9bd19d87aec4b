/* SPDX-License-Identifier: MIT */
/* Threads that are not the library's use a map beside goroutines: counters by
 * compare-and-swap lose nothing. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

enum { WORKERS = 4, KEYS = 8 };

static go_map m = GO_MAP_INIT(&go_map_strings);
static int laps;

static void increment(const char *key)
{
    for (;;) {
        void *old;
        int r = go_map_load_or_store(&m, key, (void *)(uintptr_t)1, &old);
        CHECK(r >= 0);
        if (r == 0 || go_map_compare_and_swap(&m, key, old, (void *)((uintptr_t)old + 1)) == 1)
            return;
    }
}

static void work(void)
{
    static const char *const keys[KEYS] = { "", "a", "b", "ab", "ba", "a longer key", "0", "00" };
    for (int i = 0; i < laps; i++)
        increment(keys[i % KEYS]);
}

static void *thread(void *arg)
{
    (void)arg;
    work();
    return NULL;
}

static bool sum(const void *key, void *value, void *arg)
{
    (void)key;
    *(long *)arg += (long)(uintptr_t)value;
    return true;
}

int main(void)
{
    laps = test_scale(8000, 400);
    pthread_t t[WORKERS];
    go_waitgroup wg = { 0 };
    for (int i = 0; i < WORKERS; i++) {
        CHECK_EQ(pthread_create(&t[i], NULL, thread, NULL), 0);
        go_waitgroup_go(&wg, work);
    }
    go_waitgroup_wait(&wg);
    for (int i = 0; i < WORKERS; i++)
        pthread_join(t[i], NULL);
    long total = 0;
    go_map_range(&m, sum, &total);
    CHECK_EQ(total, 2L * WORKERS * laps);
    CHECK_EQ(go_map_len(&m), KEYS);
    go_map_free(&m);
}
