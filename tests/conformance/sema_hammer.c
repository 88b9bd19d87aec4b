/* SPDX-License-Identifier: MIT */
/* Go, x/sync/semaphore: never more units are out than there are; what was done before a
 * release is seen by the acquire that it lets in; nobody is left asleep. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

enum { SIZE = 7, GOROUTINES = 24, THREADS = 2 };

static go_sema sema = GO_SEMA_INIT(SIZE);
static int32_t out;
static long exclusive; /* by who has all the units */
static long added;
static int rounds;

static void use(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    int n = (int)(*seed >> 16) % (SIZE + 1);
    if ((*seed >> 28) == 0) {
        if (go_sema_acquire_until(&sema, n, go_now() + (*seed >> 8) % 30000) != 0)
            return;
    } else if ((*seed >> 28) == 1) {
        if (!go_sema_try_acquire(&sema, n))
            return;
    } else {
        go_sema_acquire(&sema, n);
    }
    CHECK(go_atomic_add(&out, n) <= SIZE);
    if (n == SIZE) {
        exclusive++;
        go_atomic_add(&added, 1);
    }
    if ((*seed >> 20) % 64 == 0)
        go_yield();
    go_atomic_add(&out, -n);
    go_sema_release(&sema, n);
}

static void hammer(uint32_t seed)
{
    for (int i = 0; i < rounds; i++)
        use(&seed);
}

static void *thread(void *seed)
{
    hammer((uint32_t)(uintptr_t)seed);
    return NULL;
}

int main(void)
{
    rounds = test_scale(3000, 200);
    for (int procs = 1; procs <= 4; procs *= 2) {
        pthread_t t[THREADS];
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        for (uint32_t i = 0; i < GOROUTINES; i++)
            go_waitgroup_go(&wg, hammer, i * 2654435761u);
        for (uintptr_t i = 0; i < THREADS; i++)
            CHECK_EQ(pthread_create(&t[i], NULL, thread, (void *)(i + 77)), 0);
        go_waitgroup_wait(&wg);
        for (int i = 0; i < THREADS; i++)
            CHECK_EQ(pthread_join(t[i], NULL), 0);
    }
    CHECK_EQ(go_atomic_load(&out), 0);
    CHECK(go_sema_try_acquire(&sema, SIZE));
    CHECK_EQ(exclusive, go_atomic_load(&added));
}
