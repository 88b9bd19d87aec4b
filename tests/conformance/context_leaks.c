/* SPDX-License-Identifier: MIT */
/* Context, group, singleflight: trees, deadlines, values, functions and flights, made and
 * dropped in every order, leave no memory behind.  The test counts what the allocator
 * gives; sanitizers and other libcs keep theirs, and see the same calls. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)
#define COUNTED 1
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void __libc_free(void *);
static int64_t live;
void *malloc(size_t n)
{
    __atomic_add_fetch(&live, 1, __ATOMIC_RELAXED);
    return __libc_malloc(n);
}
void *calloc(size_t n, size_t size)
{
    __atomic_add_fetch(&live, 1, __ATOMIC_RELAXED);
    return __libc_calloc(n, size);
}
void *realloc(void *p, size_t n)
{
    __atomic_add_fetch(&live, p == NULL, __ATOMIC_RELAXED);
    return __libc_realloc(p, n);
}
void free(void *p)
{
    __atomic_sub_fetch(&live, p != NULL, __ATOMIC_RELAXED);
    __libc_free(p);
}
static int64_t counted(void)
{
    return __atomic_load_n(&live, __ATOMIC_RELAXED);
}
#else
#define COUNTED 0
static int64_t counted(void)
{
    return 0;
}
#endif

enum { NODES = 6 };

static char key;
static int ran, destroyed, owned;
static int orders; /* of at most 720; a step of 7 meets all kinds */

static void run(int *n)
{
    go_atomic_add(n, 1);
}

static void destroy(void *n)
{
    go_atomic_add((int *)n, 1);
}

static go_context *node(go_context *parent, int kind)
{
    switch (kind % 6) {
    case 0:
        return go_context_with_cancel(parent);
    case 1:
        return go_context_with_timeout(parent, GO_HOUR);
    case 2:
        owned++;
        return go_context_with_value_owned(parent, &key, &destroyed, destroy);
    case 3:
        return go_context_with_timeout(parent, kind / 6 % 2 ? 1 : 30 * GO_MICROSECOND);
    case 4:
        return go_context_without_cancel(parent);
    default:
        return go_context_with_value(parent, &key, &key);
    }
}

/* The k-th order of n things. */
static void permute(int order[NODES], int k)
{
    for (int i = 0; i < NODES; i++)
        order[i] = i;
    for (int i = NODES; i > 1; k /= i--) {
        int j = k % i, t = order[i - 1];
        order[i - 1] = order[j];
        order[j] = t;
    }
}

/* A tree whose shape, kinds, ends and order of drops all follow from k.  A function left
 * with a context that nobody ends keeps it, as in Go: those are stopped. */
static void tree(int k)
{
    go_context *c[NODES];
    go_context_after *a[NODES];
    int order[NODES];
    bool ends[NODES];
    for (int i = 0; i < NODES; i++) {
        go_context *parent = i == 0 ? go_context_background() : c[(k >> i) % i];
        c[i] = node(parent, k / 7 + i * (k % 5 + 1));
        if ((k + i) % 2)
            CHECK(go_context_done(c[i]) || go_context_deadline(c[i]) == GO_FOREVER);
        a[i] = (k + i) % 3 ? go_context_after_func(c[i], run, &ran) : NULL;
    }
    permute(order, k);
    for (int i = 0; i < NODES; i++) {
        int kind = (k / 7 + order[i] * (k % 5 + 1)) % 6;
        ends[order[i]] = (kind == 0 || kind == 1) && (k / 3 + i) % 2;
        if (ends[order[i]])
            go_context_cancel(c[order[i]]);
    }
    for (int i = 0; i < NODES; i++) {
        int at = order[i];
        if (ends[at])
            go_context_after_drop(a[at]);
        else
            (void)go_context_after_stop(a[at]);
        go_context_drop(c[at]);
    }
}

static int fail(int err)
{
    return err;
}

static int bring(void *arg, void **value)
{
    *value = arg;
    return 0;
}

static void group(int k)
{
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, k % 4 - 1 == 0 ? 2 : k % 4 - 1);
    for (int i = 0; i < 4; i++)
        go_group_go(g, fail, i == k % 8);
    CHECK_EQ(go_group_wait(g), k % 8 < 4);

    static go_singleflight flights;
    go_flight f;
    go_chan(go_flight) c = go_singleflight_do_chan(&flights, k % 2 ? "a" : "b", bring, &key);
    if (k % 3)
        go_singleflight_forget(&flights, "a");
    f = go_singleflight_do(&flights, "a", bring, &key);
    CHECK(f.value == &key && go_recv(c, &f) && f.value == &key);
    go_drop(c);
}

static void all(void)
{
    for (int i = 0, k = 0; i < orders; i++, k = (k + 7) % 720) {
        tree(k);
        if (i % 10 == 0)
            group(k);
    }
    /* Functions that were started run, and free what they came with. */
    int64_t limit = go_now() + 20 * GO_SECOND;
    while (go_count() > 1 && go_now() < limit)
        go_yield();
    CHECK_EQ(go_count(), 1);
    CHECK_EQ(go_atomic_load(&destroyed), owned);
}

int main(void)
{
    orders = test_scale(720, 120);
    all(); /* what the runtime keeps for good */
    all();
    int64_t before = counted();
    for (int i = 0; i < test_scale(5, 1); i++)
        all();
    int64_t grown = counted() - before;
    CHECK(go_atomic_load(&ran) > 0);
    if (COUNTED && grown > 50) {
        fprintf(stderr, "%lld pieces of memory more than before\n", (long long)grown);
        return 1;
    }
    return 0;
}
