/* SPDX-License-Identifier: MIT */
/* Conformance 24: simultaneous and interlocked cancels.  Contexts that end each other
 * through their functions, parents and children that are cancelled at the same moment
 * by goroutines, by threads and by their deadlines: no deadlock, each ends once, and
 * when a cancel has returned everything below has ended. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>

static void cancel_with(go_context *ctx, int cause, int *ran)
{
    go_context_cancel_cause(ctx, cause);
    go_atomic_add(ran, 1);
}

/* b is a's child; a's end runs b.cancel, b's end runs a.cancel. */
static void test_ring(bool from_child)
{
    int ran = 0;
    go_context *a = go_context_with_cancel(go_context_background());
    go_context *b = go_context_with_cancel(a);
    go_context_after_drop(go_context_after_func(a, cancel_with, b, 1, &ran));
    go_context_after_drop(go_context_after_func(b, cancel_with, a, 2, &ran));
    go_context_cancel_cause(from_child ? b : a, 3);
    CHECK_EQ(go_context_cause(b), 3);
    while (go_atomic_load(&ran) < 2)
        go_yield();
    CHECK_EQ(go_context_cause(a), from_child ? 2 : 3);
    go_context_drop(b);
    go_context_drop(a);
}

/* A ring of trees that know each other only through their functions. */
static void test_large_ring(void)
{
    enum { N = 20 };
    int ran = 0;
    go_context *root[N], *leaf[N];
    for (int i = 0; i < N; i++) {
        root[i] = go_context_with_cancel(go_context_background());
        leaf[i] = go_context_with_timeout(root[i], GO_HOUR);
    }
    for (int i = 0; i < N; i++)
        go_context_after_drop(
            go_context_after_func(leaf[i], cancel_with, root[(i + 1) % N], i, &ran));
    go(cancel_with, leaf[0], 100, &ran);
    go(cancel_with, root[N / 2], 101, &ran);
    while (go_atomic_load(&ran) < N + 2)
        go_yield();
    for (int i = 0; i < N; i++) {
        CHECK_EQ(go_context_err(root[i]), -ECANCELED);
        CHECK_EQ(go_context_err(leaf[i]), -ECANCELED);
        go_context_drop(leaf[i]);
        go_context_drop(root[i]);
    }
}

/* A tree of two levels: everybody cancels a node of his own, all at once. */
enum { WIDTH = 3, NODES = 1 + WIDTH + WIDTH * WIDTH };

struct tree {
    go_context *node[NODES];
    go_waitgroup ready, end;
};

static void strike(struct tree *t, int i)
{
    go_waitgroup_done(&t->ready);
    go_waitgroup_wait(&t->ready);
    go_context_cancel_cause(t->node[i], 1000 + i);
    for (int k = i; k < NODES; k++) {
        bool below = k == i;
        for (int up = k; !below && up > 0;)
            below = (up = (up - 1) / WIDTH) == i;
        if (below)
            CHECK(go_context_err(t->node[k]) != 0);
    }
    go_waitgroup_done(&t->end);
}

struct blow {
    struct tree *t;
    int i;
};

static void *strike_thread(void *arg)
{
    struct blow *b = arg;
    strike(b->t, b->i);
    return NULL;
}

static go_context *node(go_context *parent, int kind)
{
    if (kind == 0)
        return go_context_with_timeout_cause(parent, 30 * GO_MICROSECOND, 7);
    return go_context_with_cancel(parent);
}

/* The cause of each is its own or that of one above it, or a deadline's. */
static void check_causes(struct tree *t)
{
    for (int k = 0; k < NODES; k++) {
        int cause = go_context_cause(t->node[k]);
        bool known = cause == 7;
        for (int up = k;; up = (up - 1) / WIDTH) {
            known = known || cause == 1000 + up;
            if (up == 0)
                break;
        }
        CHECK(known);
        CHECK_EQ(go_context_err(t->node[k]), cause == 7 ? -ETIMEDOUT : -ECANCELED);
    }
}

static void test_all_at_once(int lap)
{
    struct tree t = { 0 };
    struct blow blow = { &t, lap % NODES };
    pthread_t thread;
    t.node[0] = go_context_with_cancel(go_context_background());
    for (int k = 1; k < NODES; k++)
        t.node[k] = node(t.node[(k - 1) / WIDTH], (k + lap) % 4);
    int workers[] = { 0, 1, 2, NODES - 1, 5 };
    int n = (int)(sizeof workers / sizeof *workers);
    go_waitgroup_add(&t.ready, n + 1);
    go_waitgroup_add(&t.end, n + 1);
    CHECK_EQ(pthread_create(&thread, NULL, strike_thread, &blow), 0);
    for (int i = 0; i < n; i++)
        go(strike, &t, workers[i]);
    go_waitgroup_wait(&t.end);
    check_causes(&t);
    pthread_join(thread, NULL);
    for (int k = 0; k < NODES; k++)
        go_context_drop(t.node[k]);
}

int main(void)
{
    for (int lap = 0; lap < test_scale(300, 30); lap++) {
        test_ring(lap & 1);
        test_large_ring();
        test_all_at_once(lap);
    }
    return 0;
}
