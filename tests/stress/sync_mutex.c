/* SPDX-License-Identifier: MIT */
/* A mutex under goroutines and threads that lock, try, and give up: one at a
 * time, nobody forgotten, nothing left behind. */
#include "sync_crew.h"

#include "sync/check_sync.h"
#include "sync/mutex.h"

#include <string.h>

struct shared {
    go_mutex m;
    int inside;
    long count;           /* under m */
    long locked, gave_up; /* atomic */
};

static int rounds;

static void inside(struct shared *s, uint32_t *seed)
{
    CHECK_EQ(add_relaxed(&s->inside, 1), 1);
    s->count++;
    switch (chance(seed, 64)) {
    case 0:
        go_yield(); /* the holder does not run */
        break;
    case 1:
        go_sleep(20 * GO_MICROSECOND);
        break;
    }
    CHECK_EQ(add_relaxed(&s->inside, -1), 0);
}

static bool acquire(struct shared *s, uint32_t *seed)
{
    int r = 0;
    switch (chance(seed, 8)) {
    case 0:
        return go_mutex_try_lock(&s->m);
    case 1:
    case 2:
    case 3:
        r = go_mutex_lock_until(&s->m, soon(seed));
        CHECK(r == 0 || r == -ETIMEDOUT);
        return r == 0;
    default:
        go_mutex_lock(&s->m);
        return true;
    }
}

static void contend(void *arg, uint32_t seed)
{
    struct shared *s = arg;
    for (int i = 0; i < rounds; i++) {
        if (acquire(s, &seed)) {
            inside(s, &seed);
            go_mutex_unlock(&s->m);
            add_relaxed(&s->locked, 1);
        } else {
            add_relaxed(&s->gave_up, 1);
        }
        if (chance(&seed, 128) == 0)
            mutex_verify(&s->m);
    }
}

static void exclusion(int goroutines)
{
    struct shared s = { .inside = 0 };
    crew_run(goroutines, contend, &s);
    CHECK_EQ(s.count, s.locked);
    CHECK_EQ(s.locked + s.gave_up, (long)rounds * (goroutines + CREW_THREADS));
    CHECK_EQ(s.m.state_ & ~MUTEX_BIASED, 0);
    CHECK_EQ(s.m.q_.len_, 0);
}

/* Who unlocks last frees the object at once, while the others' unlock calls may
 * still be on their way out. */
struct counted {
    go_mutex m;
    int refs; /* under m */
    struct counted *next;
};

enum { HOLDERS = 6 };

static void drop_one(struct counted *c)
{
    go_mutex_lock(&c->m);
    int left = --c->refs;
    go_mutex_unlock(&c->m);
    if (left == 0) {
        memset(c, 0xa5, sizeof *c);
        free(c);
    }
}

static void *drop_in_thread(void *arg)
{
    drop_one(arg);
    return NULL;
}

static void drop_in_goroutine(void *arg)
{
    drop_one(arg);
}

static void unlock_and_free(void)
{
    for (int i = 0; i < rounds / 4; i++) {
        struct counted *c = calloc(1, sizeof *c);
        CHECK(c != NULL);
        c->refs = HOLDERS;
        pthread_t t;
        bool thread = i % 8 == 0;
        if (thread)
            CHECK_EQ(pthread_create(&t, NULL, drop_in_thread, c), 0);
        for (int k = thread ? 2 : 1; k < HOLDERS; k++)
            go(drop_in_goroutine, c);
        drop_one(c);
        if (thread)
            CHECK_EQ(pthread_join(t, NULL), 0);
        else
            go_yield();
    }
}

int main(void)
{
    rounds = test_scale(4000, 200);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        exclusion(2);
        exclusion(8);
        exclusion(50);
        unlock_and_free();
    }
}
