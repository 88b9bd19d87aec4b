/* SPDX-License-Identifier: MIT */
/* Go, sync.Pool: a get returns something that was put, else what New makes, else nil; what
 * was put is returned once; putting nil does nothing. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

struct thing {
    int number;
    bool out;
};

static int made, destroyed;

static void *make(void *arg)
{
    struct thing *t = malloc(sizeof *t);
    CHECK(t);
    *t = (struct thing){ ++*(int *)arg, true };
    return t;
}

static void destroy(void *item)
{
    struct thing *t = item;
    CHECK(!t->out);
    destroyed++;
    free(t);
}

static struct thing *take(go_pool *p)
{
    struct thing *t = go_pool_get(p);
    CHECK(t);
    t->out = true;
    return t;
}

static void give(go_pool *p, struct thing *t)
{
    t->out = false;
    go_pool_put(p, t);
}

static void without_make(void)
{
    go_pool p = { 0 };
    int a, b;
    CHECK(go_pool_get(&p) == NULL);
    go_pool_put(&p, NULL);
    CHECK(go_pool_get(&p) == NULL);
    go_pool_put(&p, &a);
    CHECK(go_pool_get(&p) == &a);
    CHECK(go_pool_get(&p) == NULL);
    go_pool_put(&p, &a);
    go_pool_put(&p, &b);
    void *x = go_pool_get(&p), *y = go_pool_get(&p);
    CHECK((x == &a && y == &b) || (x == &b && y == &a));
    go_pool_put(&p, &a);
    go_pool_clear(&p); /* forgotten, not destroyed */
    CHECK(go_pool_get(&p) == NULL);
    go_pool_end(&p);
    CHECK(go_pool_get(&p) == NULL);
    go_pool_end(&p);
}

static void many(int n)
{
    go_pool p = { .make = make, .destroy = destroy, .arg = &made };
    struct thing **all = calloc((size_t)n, sizeof(void *));
    CHECK(all);
    made = destroyed = 0;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < n; i++)
            all[i] = take(&p);
        for (int i = 0; i < n; i++)
            for (int k = 0; k < i && n < 50; k++)
                CHECK(all[i] != all[k]);
        for (int i = 0; i < n; i++)
            give(&p, all[i]);
    }
    CHECK(made >= n);
    go_pool_clear(&p);
    CHECK_EQ(destroyed, made);
    give(&p, take(&p));
    go_pool_end(&p);
    CHECK_EQ(destroyed, made);
    free(all);
}

/* Threads that are not ours have no P. */
static void *alien(void *arg)
{
    go_pool *p = arg;
    for (int i = 0; i < 100; i++) {
        struct thing *a = take(p), *b = take(p);
        give(p, a);
        give(p, b);
    }
    return NULL;
}

static void from_a_thread(void)
{
    go_pool p = { .make = make, .destroy = destroy, .arg = &made };
    pthread_t t;
    made = destroyed = 0;
    CHECK_EQ(pthread_create(&t, NULL, alien, &p), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(made, 2);
    struct thing *a = take(&p), *b = take(&p); /* what the thread left is for all */
    CHECK_EQ(made, 2);
    give(&p, a);
    give(&p, b);
    go_pool_end(&p);
    CHECK_EQ(destroyed, made);
}

/* Both functions run outside the runtime: they may park, and use the pool. */
static go_pool nested;

static void *make_by_pool(void *arg)
{
    go_sleep(10 * GO_MICROSECOND);
    void *other = malloc(1);
    CHECK(other);
    go_pool_put(&nested, other);
    return make(arg);
}

static void destroy_by_pool(void *item)
{
    go_yield();
    go_pool_put(&nested, NULL);
    free(item);
    destroyed++;
}

static void callbacks_use_the_pool(void)
{
    nested = (go_pool){ .make = make_by_pool, .destroy = destroy_by_pool, .arg = &made };
    destroyed = 0;
    void *a = go_pool_get(&nested), *b = go_pool_get(&nested);
    CHECK(a && b && a != b);
    go_pool_put(&nested, a);
    go_pool_put(&nested, b);
    go_pool_end(&nested);
    CHECK(destroyed >= 2);
}

int main(void)
{
    without_make();
    for (int n = 1; n <= 1000; n = n * 3 + 1)
        many(n);
    from_a_thread();
    callbacks_use_the_pool();
}
