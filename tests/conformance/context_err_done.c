/* SPDX-License-Identifier: MIT */
/* Who sees that a context has ended, by its err or its cause, finds its channel closed:
 * Go's Err waits for that.  Whoever made the channel, also through a context with a
 * value, and also one that is ended by its parent. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>

static go_context *given; /* atomic: taken by the watcher, NULL when it is done */
static int watching;      /* atomic */
static int rounds;

static go_context *next(void)
{
    go_context *c;
    while (!(c = __atomic_load_n(&given, __ATOMIC_ACQUIRE)))
        sched_yield();
    return c;
}

static void *watch(void *arg)
{
    (void)arg;
    for (int i = 0; i < rounds; i++) {
        go_context *c = next();
        go_chan(char) done = i & 1 ? go_context_done(c) : NULL;
        __atomic_store_n(&watching, 1, __ATOMIC_RELEASE);
        if (i & 2)
            while (!go_context_err(c))
                ;
        else
            while (!go_context_cause(c))
                ;
        CHECK_EQ(go_try_recv(done ? done : go_context_done(c), NULL), -EPIPE);
        __atomic_store_n(&given, NULL, __ATOMIC_RELEASE);
    }
    return NULL;
}

static void round_of(int i)
{
    static int key;
    go_context *parent = go_context_with_cancel(go_context_background());
    go_context *c = i & 4 ? go_context_with_cancel(parent) : go_context_hold(parent);
    go_context *v = go_context_with_value(c, &key, NULL);
    if (i & 8)
        go_context_done(c);
    __atomic_store_n(&watching, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&given, i & 16 ? v : c, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&watching, __ATOMIC_ACQUIRE))
        sched_yield();
    go_context_cancel(parent);
    while (__atomic_load_n(&given, __ATOMIC_ACQUIRE))
        sched_yield();
    go_context_drop(v);
    go_context_drop(c);
    go_context_drop(parent);
}

int main(void)
{
    pthread_t t;
    rounds = test_scale(6400, 640);
    CHECK_EQ(pthread_create(&t, NULL, watch, NULL), 0);
    for (int i = 0; i < rounds; i++)
        round_of(i);
    CHECK_EQ(pthread_join(t, NULL), 0);
}
