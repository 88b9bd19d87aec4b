/* SPDX-License-Identifier: MIT */
/* Go, sync.OnceFunc, OnceValue: f is called once, all calls get its value and come after its
 * return; if it panics, every call panics with the same value, and f is not called again. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>
#include <string.h>

enum { MANY = 50 };

struct pair {
    int a;
    double b;
};

static int32_t calls;

static int square(int x)
{
    go_atomic_add(&calls, 1);
    go_yield();
    return x * x;
}

static struct pair both(int a, double b)
{
    calls++;
    return (struct pair){ a, b };
}

static const char *word(void)
{
    calls++;
    return "word";
}

static void count(int32_t *n, int by)
{
    *n += by;
}

static void values(void)
{
    go_once_value(int) n = { 0 };
    go_once_value(struct pair) p = { 0 };
    go_once_value(const char *) w = { 0 };
    go_once_func c = { 0 };
    int32_t counted = 0;
    int evaluated = 0;
    calls = 0;
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(go_once_get(&n, square, (evaluated++, 7)), 49);
        CHECK(go_once_get(&p, both, 1, 2.5).b == 2.5);
        CHECK(strcmp(go_once_get(&w, word), "word") == 0);
        go_once_call(&c, count, &counted, 5);
    }
    CHECK_EQ(calls, 3);
    CHECK_EQ(evaluated, 1);
    CHECK_EQ(counted, 5);
}

/* One inside the other: in f, and in its argument. */
static go_once_value(int) inner, outer;

static int twice_inner(int more)
{
    return 2 * go_once_get(&inner, square, 3) + more;
}

static void nested(void)
{
    CHECK_EQ(go_once_get(&outer, twice_inner, go_once_get(&inner, square, 3)), 27);
    CHECK_EQ(go_once_get(&outer, twice_inner, 0), 27);
}

static go_once_value(int) shared;

static void get_shared(int32_t *sum)
{
    go_atomic_add(sum, go_once_get(&shared, square, 4));
}

static void *get_shared_thread(void *sum)
{
    get_shared(sum);
    return NULL;
}

static void by_many(void)
{
    go_waitgroup wg = { 0 };
    int32_t sum = 0;
    pthread_t t;
    memset(&shared, 0, sizeof shared);
    calls = 0;
    for (int i = 0; i < MANY; i++)
        go_waitgroup_go(&wg, get_shared, &sum);
    CHECK_EQ(pthread_create(&t, NULL, get_shared_thread, &sum), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(calls, 1);
    CHECK_EQ(sum, 16 * (MANY + 1));
}

static int fail(int code)
{
    go_atomic_add(&calls, 1);
    go_yield();
    go_panic("failed with %d", code);
}

static go_once_value(int) failing;

static void get_failing(void)
{
    (void)go_once_get(&failing, fail, 42);
}

static void recover_failing(int32_t *panics)
{
    go_recovered r;
    CHECK(go_recover(&r, get_failing));
    CHECK(strcmp(r.text, "failed with 42") == 0);
    go_atomic_add(panics, 1);
}

static void panics(void)
{
    go_waitgroup wg = { 0 };
    int32_t n = 0;
    calls = 0;
    memset(&failing, 0, sizeof failing);
    for (int i = 0; i < MANY; i++)
        go_waitgroup_go(&wg, recover_failing, &n);
    go_waitgroup_wait(&wg);
    recover_failing(&n);
    CHECK_EQ(calls, 1);
    CHECK_EQ(n, MANY + 1);
}

/* A deferred call of a panic computes a value: it returned, whatever is on its way. */
static go_once_value(int) late;

static void compute_late(void)
{
    CHECK_EQ(go_once_get(&late, square, 6), 36);
}

static void panic_after(void)
{
    go_defer(compute_late);
    go_panic("first");
}

static void in_a_deferred_call(void)
{
    go_recovered r;
    CHECK(go_recover(&r, panic_after));
    CHECK(strcmp(r.text, "first") == 0);
    CHECK_EQ(go_once_get(&late, square, 1), 36);
}

static go_once_func leaving;

static void leave(void)
{
    go_exit();
}

static void call_leaving(void)
{
    go_once_call(&leaving, leave);
}

static void left_by_exit(void)
{
    go_waitgroup wg = { 0 };
    go_recovered r;
    go_waitgroup_go(&wg, call_leaving);
    go_waitgroup_wait(&wg);
    CHECK(go_recover(&r, call_leaving));
    CHECK(strcmp(r.text, "sync: once function did not return") == 0);
}

int main(void)
{
    values();
    nested();
    for (int i = 0; i < test_scale(20, 3); i++) {
        by_many();
        panics();
    }
    in_a_deferred_call();
    left_by_exit();
}
