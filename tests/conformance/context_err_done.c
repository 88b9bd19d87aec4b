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
static char last;         /* given at the end */

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
    for (int i = 0;; i++) {
        go_context *c = next();
        if (c == (go_context *)&last)
            return NULL;
        go_chan(char) done = i & 1 ? go_context_done(c) : NULL;
        __atomic_store_n(&watching, 1, __ATOMIC_RELEASE);
        /* Without pause for as long as who cancels may take that has a CPU. */
        for (int n = 0; !(i & 2 ? go_context_err(c) : go_context_cause(c)); n++)
            if (n >= 10000)
                sched_yield();
        CHECK_EQ(go_try_recv(done ? done : go_context_done(c), NULL), -EPIPE);
        __atomic_store_n(&given, NULL, __ATOMIC_RELEASE);
    }
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
    /* Where both threads have one CPU, or others want it too, a round takes some ms:
     * fewer will do. */
    int rounds = test_scale(6400, 640);
    int64_t end = go_now() + 5 * GO_SECOND;
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, watch, NULL), 0);
    for (int i = 0; i < rounds && (i < 64 || go_now() < end); i++)
        round_of(i);
    __atomic_store_n(&given, (go_context *)&last, __ATOMIC_RELEASE);
    CHECK_EQ(pthread_join(t, NULL), 0);
}
