/* SPDX-License-Identifier: MIT */
/* go_leaks never reports who can still be woken: while goroutines and a foreign thread
 * move the only pointer to a channel from heap to stack to register, on all Ps, allocate
 * and free, nobody who waits on it is leaked.
 *
 * Each carrier knows one channel and keeps handing it to itself; the receiver that waits
 * on it lives as long as that one does.  At the end the carriers forget them all, and then
 * every receiver is leaked: so it was the pointers that kept them. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>
#include <string.h>

enum { CARRIERS = 4 };

struct box {
    char pad[24];
    go_chan(int) c;
};

static go_bool stop;

static void receiver(go_chan(int) c)
{
    go_recv(c, NULL);
    go_yield();
}

static __attribute__((noinline)) go_chan(int) unpack(struct box *b)
{
    go_chan(int) c = b->c;
    memset(b, 0, sizeof *b);
    free(b);
    return c;
}

static __attribute__((noinline)) struct box *pack(go_chan(int) c)
{
    struct box *b = malloc(sizeof *b + (size_t)rand() % 200);
    CHECK(b);
    b->c = c;
    return b;
}

static __attribute__((noinline)) void carry(go_chan(int) c)
{
    while (!go_bool_load(&stop)) {
        go_chan(int) const kept = c;
        struct box *b = pack(kept);
        c = unpack(b);
    }
}

static void carrier(go_chan(int) c, go_waitgroup *wg)
{
    carry(c);
    go_waitgroup_done(wg);
}

static void *foreign(void *arg)
{
    carry((go_chan(int))arg);
    return NULL;
}

static __attribute__((noinline)) pthread_t start_all(go_waitgroup *wg)
{
    pthread_t t;
    go_waitgroup_add(wg, CARRIERS);
    for (int i = 0; i <= CARRIERS; i++) {
        go_chan(int) c = go_make(int, 0);
        go(receiver, c);
        if (i < CARRIERS)
            go(carrier, c, wg);
        else
            CHECK_EQ(pthread_create(&t, NULL, foreign, (void *)c), 0);
    }
    return t;
}

/* The C library may keep the stack of the thread that has ended, and what it was given. */
static void all_leaked(int64_t least, int64_t most)
{
    int64_t n = 0;
    for (int i = 0; i < 2000 && n < least; i++) {
        n = go_leaks(-1);
        CHECK(n <= most);
        go_sleep(GO_MILLISECOND);
    }
    CHECK(n >= least);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    if (go_leaks(-1) < 0)
        return 77;
    pthread_t t = start_all(&wg);
    int64_t end = go_now() + test_scale(300, 100) * GO_MILLISECOND;
    while (go_now() < end) {
        int64_t n = go_leaks(-1);
        CHECK(n == 0 || n == -EAGAIN); /* a thread may not have got a CPU for that long */
    }
    go_bool_store(&stop, true);
    go_waitgroup_wait(&wg);
    CHECK_EQ(pthread_join(t, NULL), 0);
    all_leaked(CARRIERS, CARRIERS + 1);
}
