/* SPDX-License-Identifier: MIT */
/* Conditions: a bounded buffer driven by single signals only, with waits that
 * time out in between.  A signal lost on somebody who gave up stops it. */
#include "sync_crew.h"

#include "sync/check_sync.h"

enum { ROOM = 3 };

struct buffer {
    go_mutex m;
    go_cond not_empty, not_full;
    int n;              /* under m */
    long put, got, all; /* under m */
    long gave_up;       /* under m */
    int members;        /* atomic: who comes puts or gets in turn */
};

static int rounds;

/* One that gave up was not signalled, so it owes nobody anything. */
static void wait_on(struct buffer *b, go_cond *c, uint32_t *seed)
{
    if (chance(seed, 2))
        go_cond_wait(c, &b->m);
    else if (go_cond_wait_until(c, &b->m, soon(seed)))
        b->gave_up++;
}

static void put(struct buffer *b, uint32_t *seed)
{
    for (int i = 0; i < rounds; i++) {
        go_mutex_lock(&b->m);
        while (b->n == ROOM)
            wait_on(b, &b->not_full, seed);
        b->n++;
        b->put++;
        bool early = chance(seed, 2);
        if (early)
            go_cond_signal(&b->not_empty);
        go_mutex_unlock(&b->m);
        if (!early)
            go_cond_signal(&b->not_empty);
    }
}

static bool get(struct buffer *b, uint32_t *seed)
{
    go_mutex_lock(&b->m);
    while (b->n == 0 && b->got < b->all)
        wait_on(b, &b->not_empty, seed);
    bool more = b->got < b->all;
    if (more) {
        b->n--;
        b->got++;
        go_cond_signal(&b->not_full);
        if (b->got == b->all)
            go_cond_broadcast(&b->not_empty);
    }
    go_mutex_unlock(&b->m);
    return more;
}

static void put_or_get(void *arg, uint32_t seed)
{
    struct buffer *b = arg;
    if (add_relaxed(&b->members, 1) % 2)
        put(b, &seed);
    else
        while (get(b, &seed))
            if (chance(&seed, 64) == 0) {
                cond_verify(&b->not_empty);
                mutex_verify(&b->m);
            }
}

static void bounded_buffer(int goroutines)
{
    struct buffer b = { .all = (long)rounds * ((goroutines + CREW_THREADS) / 2) };
    crew_run(goroutines, put_or_get, &b);
    CHECK_EQ(b.put, b.all);
    CHECK_EQ(b.got, b.all);
    CHECK_EQ(b.n, 0);
    cond_verify(&b.not_empty);
    CHECK_EQ(b.not_empty.waiters_, 0);
    CHECK_EQ(b.not_full.waiters_, 0);
}

/* Some wait briefly, then one for ever.  k signals race with the deadlines: each
 * ends exactly one wait, so either k of the brief ones got one, or the signals
 * went past those who gave up and reached the patient one. */
enum { BRIEF = 4 };

struct queue_up {
    go_mutex m;
    go_cond c;
    int queued, signalled, gave_up; /* under m */
    bool reached;                   /* under m: the patient one */
    int64_t deadline;
};

static void wait_briefly(struct queue_up *q)
{
    go_mutex_lock(&q->m);
    q->queued++;
    if (go_cond_wait_until(&q->c, &q->m, q->deadline) == 0)
        q->signalled++;
    else
        q->gave_up++;
    go_mutex_unlock(&q->m);
}

static void *wait_briefly_in_thread(void *arg)
{
    wait_briefly(arg);
    return NULL;
}

static void wait_patiently(struct queue_up *q)
{
    go_mutex_lock(&q->m);
    q->queued++;
    go_cond_wait(&q->c, &q->m);
    q->reached = true;
    go_mutex_unlock(&q->m);
}

/* Polls *n under the mutex until it is at least want.  Not for long without a pause: the
 * thread among them wants a CPU too. */
static void await(struct queue_up *q, const int *n, int want)
{
    int tries = 0;
    for (int have = -1; have < want; tries++ < 100 ? go_yield() : go_sleep(20 * GO_MICROSECOND)) {
        go_mutex_lock(&q->m);
        have = n ? *n : q->signalled + q->gave_up;
        go_mutex_unlock(&q->m);
    }
}

static void each_signal_ends_one_wait(uint32_t *seed)
{
    struct queue_up q = { .deadline = soon(seed) + 20 * GO_MICROSECOND };
    int k = (int)chance(seed, BRIEF + 1);
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, wait_briefly_in_thread, &q), 0);
    for (int i = 1; i < BRIEF; i++)
        go(wait_briefly, &q);
    await(&q, &q.queued, BRIEF);
    go(wait_patiently, &q);
    await(&q, &q.queued, BRIEF + 1);
    for (int i = 0; i < k; i++)
        go_cond_signal(&q.c);
    await(&q, NULL, BRIEF);
    CHECK_EQ(pthread_join(t, NULL), 0);

    /* A patient one that was reached may not have run yet: it left the queue. */
    cond_verify(&q.c);
    go_mutex_lock(&q.m);
    bool reached = q.c.waiters_ == 0;
    if (reached)
        CHECK(q.signalled < k || k == BRIEF + 1);
    else
        CHECK_EQ(q.signalled, k);
    go_mutex_unlock(&q.m);
    if (!reached)
        go_cond_signal(&q.c);
    for (bool done = false; !done; go_yield()) {
        go_mutex_lock(&q.m);
        done = q.reached;
        go_mutex_unlock(&q.m);
    }
}

int main(void)
{
    rounds = test_scale(3000, 150);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        bounded_buffer(2);
        bounded_buffer(8);
        bounded_buffer(30);
        uint32_t seed = (uint32_t)procs;
        for (int i = 0; i < rounds / 6; i++)
            each_signal_ends_one_wait(&seed);
    }
}
