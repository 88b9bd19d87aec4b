/* SPDX-License-Identifier: MIT */
/* Go, sync.Pool, memory model: Put(x) happens before the Get that returns x; x is in one
 * hand at a time; nothing is lost, whoever puts, gets or clears, and on whatever P. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

enum { GOROUTINES = 16, THREADS = 2, HOLD = 20 };

struct thing {
    uint64_t a, b;  /* equal, and only written by who holds it */
    int32_t holder; /* atomic: how many hold it */
};

static int64_t made, destroyed;
static int rounds;

static void *make(void *arg)
{
    (void)arg;
    go_atomic_add(&made, 1);
    return calloc(1, sizeof(struct thing));
}

static void destroy(void *item)
{
    struct thing *t = item;
    CHECK_EQ(go_atomic_load(&t->holder), 0);
    CHECK_EQ(t->a, t->b);
    go_atomic_add(&destroyed, 1);
    free(t);
}

static go_pool pool = { .make = make, .destroy = destroy };

static struct thing *take(void)
{
    struct thing *t = go_pool_get(&pool);
    CHECK(t);
    CHECK_EQ(go_atomic_add(&t->holder, 1), 1);
    CHECK_EQ(t->a, t->b);
    t->a++;
    return t;
}

static void give(struct thing *t)
{
    t->b++;
    CHECK_EQ(go_atomic_add(&t->holder, -1), 0);
    go_pool_put(&pool, t);
}

static void use(uint32_t seed)
{
    struct thing *held[HOLD];
    for (int i = 0; i < rounds; i++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t n = (seed >> 16) % HOLD;
        for (uint32_t k = 0; k < n; k++)
            held[k] = take();
        if (seed >> 28 == 0)
            go_yield();
        while (n > 0)
            give(held[--n]);
        if (seed >> 22 == 0)
            go_pool_clear(&pool);
    }
}

static void *thread(void *seed)
{
    use((uint32_t)(uintptr_t)seed);
    return NULL;
}

/* One side only gets, the other only puts. */
static void produce(go_chan(struct thing *) c)
{
    for (int i = 0; i < rounds; i++)
        go_send(c, take());
    go_close(c);
}

static void one_way(void)
{
    go_chan(struct thing *) c = go_make(struct thing *, 8);
    struct thing *t;
    go(produce, c);
    while (go_recv(c, &t))
        give(t);
    go_drop(c);
}

int main(void)
{
    rounds = test_scale(2000, 100);
    for (int procs = 1; procs <= 4; procs *= 2) {
        pthread_t t[THREADS];
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        for (uint32_t i = 0; i < GOROUTINES; i++)
            go_waitgroup_go(&wg, use, i * 2654435761u);
        for (uintptr_t i = 0; i < THREADS; i++)
            CHECK_EQ(pthread_create(&t[i], NULL, thread, (void *)(i + 77)), 0);
        go_waitgroup_wait(&wg);
        for (int i = 0; i < THREADS; i++)
            CHECK_EQ(pthread_join(t[i], NULL), 0);
        one_way();
    }
    go_pool_end(&pool);
    CHECK_EQ(go_atomic_load(&destroyed), go_atomic_load(&made));
}
