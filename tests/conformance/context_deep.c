/* SPDX-License-Identifier: MIT */
/* Context: chains of any depth and families of any size.  A chain of 100,000 ends and is
 * freed without recursion (the goroutine has the default stack, the walk none of its
 * own); 100,000 children end in linear time, and leave their parent in any order. */
#include "support.h"

#include <goroutine.h>

static int depth;

static void check_all(go_context **c, int n, int err)
{
    for (int i = 0; i < n; i++)
        CHECK_EQ(go_context_err(c[i]), err);
}

static void bump(int *n)
{
    go_atomic_add(n, 1);
}

/* Each link is of another kind; the functions at the deep end run too. */
static void chain(void)
{
    static char key;
    go_context **c = calloc((size_t)depth, sizeof(*c));
    int ran = 0;
    CHECK(c);
    c[0] = go_context_with_cancel(go_context_background());
    for (int i = 1; i < depth; i++)
        c[i] = i % 3 == 0   ? go_context_with_value(c[i - 1], &key, c)
               : i % 3 == 1 ? go_context_with_cancel(c[i - 1])
                            : go_context_with_timeout(c[i - 1], GO_HOUR);
    for (int i = 0; i < 3; i++)
        go_context_after_drop(go_context_after_func(c[depth - 1 - i], bump, &ran));
    CHECK(go_context_value(c[depth - 1], &key) == c);
    check_all(c, depth, 0);
    go_context_cancel(c[depth / 2]);
    check_all(c, depth / 2, 0);
    check_all(c + depth / 2, depth - depth / 2, -ECANCELED);
    go_context_cancel(c[0]);
    check_all(c, depth, -ECANCELED);
    while (go_atomic_load(&ran) < 3)
        go_yield();
    for (int i = 0; i < depth; i++) /* from the root: the last drop frees them all */
        go_context_drop(c[i]);
    free(c);
}

static void chain_dropped_open(void)
{
    go_context *c = go_context_with_cancel(go_context_background());
    for (int i = 0; i < depth; i++) {
        go_context *child = go_context_with_timeout(c, GO_HOUR);
        go_context_drop(c);
        c = child;
    }
    go_context_drop(c);
}

/* The time of one cancel with n children, and of all drops. */
static int64_t family(int n)
{
    go_context **c = calloc((size_t)n, sizeof(*c));
    CHECK(c);
    go_context *p = go_context_with_cancel(go_context_background());
    for (int i = 0; i < n; i++)
        c[i] = go_context_with_cancel(p);
    for (int i = 0; i < n; i += 2) /* from the middle of the list */
        go_context_drop(c[(i + n / 2) % n]);
    int64_t begin = clock_ns();
    go_context_cancel(p);
    int64_t took = clock_ns() - begin;
    for (int i = 1; i < n; i += 2) {
        CHECK_EQ(go_context_err(c[(i + n / 2) % n]), -ECANCELED);
        go_context_drop(c[(i + n / 2) % n]);
    }
    go_context_drop(p);
    free(c);
    return took;
}

static int64_t least(int n)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        int64_t t = family(n);
        best = t < best ? t : best;
    }
    return best;
}

/* Ten times as many may take a hundred times as long before it is called quadratic. */
static void linear(void)
{
    int n = depth / 10;
    int64_t few = least(n), many = least(10 * n);
    if (many > 100 * few && many > 20 * GO_MILLISECOND) {
        fprintf(stderr, "%d children: %lld ns, %d: %lld ns\n", n, (long long)few, 10 * n,
                (long long)many);
        _Exit(1);
    }
}

int main(void)
{
    depth = test_scale(100000, 20000) / 2 * 2;
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, chain);
    go_waitgroup_go(&wg, chain_dropped_open);
    go_waitgroup_wait(&wg);
    linear();
    return 0;
}
