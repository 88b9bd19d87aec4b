/* SPDX-License-Identifier: MIT */
/* Biased locks (sched/biased.h): earned by one P, revoked by others, and at every moment
 * held by one.  Counters that only the lock protects tell. */
#include "sched/biased.h"
#include "check.h"
#include "sched/entry.h"

#include <goroutine.h>
#include <pthread.h>

enum { WORKERS = 6, STRANGERS = 2, TURNS = 16, VISIT = 5, STRANGE = 8000 };
enum { RUN = 3 * BIAS_EVERY * BIAS_EARNED / 2 };

static struct lock {
    uint32_t word, seen;
    long count;      /* word */
    uint32_t inside; /* word: nobody else may find it 1 */
} locks[WORKERS] __attribute__((aligned(64)));

static int biased_seen; /* atomic: how often a lock was found biased */
static int revoked_seen;

static void enter(struct m *m, struct lock *l)
{
    uint32_t before = ld_relaxed(&l->word);
    biased_lock(m, &l->word, 0);
    if (before & BIAS_TO && before != m->bias_tag)
        __atomic_fetch_add(&revoked_seen, 1, __ATOMIC_RELAXED);
    if (m->p && !biased_by_note(m, &l->word, 0) &&
        (--m->bias_wait <= 0 || (ld_relaxed(&l->seen) & BIAS_TO)))
        biased_look(m, &l->word, &l->seen);
    if (biased_by_note(m, &l->word, 0))
        __atomic_fetch_add(&biased_seen, 1, __ATOMIC_RELAXED);
}

/* As an operation does: lock, change what it protects, unlock. */
static void add_one(struct m *m, struct lock *l)
{
    enter(m, l);
    CHECK_EQ(l->inside, 0);
    l->inside = 1;
    l->count++;
    compiler_barrier();
    l->inside = 0;
    biased_unlock(m, &l->word, 0);
}

static void add_many(struct lock *l, int n)
{
    for (int i = 0; i < n; i++) {
        struct m *m = rt_enter();
        add_one(m, l);
        rt_exit(m);
    }
}

/* Long runs on a lock of its own, so that the bias is earned again and again, and a visit
 * to the others'. */
static void worker(int which, go_waitgroup *done)
{
    for (int turn = 0; turn < TURNS; turn++) {
        add_many(&locks[which], RUN);
        for (int i = 0; i < WORKERS; i++)
            if (i != which)
                add_many(&locks[i], VISIT);
        go_yield();
    }
    go_waitgroup_done(done);
}

/* A thread without a P, which always revokes. */
static void *stranger(void *arg)
{
    for (int i = 0; i < STRANGE; i++) {
        add_one(&m_none, &locks[i % WORKERS]);
        if (i % 64 == 0)
            sched_yield();
    }
    return arg;
}

/* What a single P earns after so many locks, and not before. */
static void earns(void)
{
    struct lock l = { 0 };
    int taken = 0;
    while (!(l.word & BIAS_TO)) {
        struct m *m = rt_enter();
        add_one(m, &l);
        rt_exit(m);
        CHECK(++taken <= 4 * BIAS_EVERY * BIAS_EARNED);
    }
    struct m *m = rt_enter();
    CHECK_EQ(l.word, m->bias_tag);
    rt_exit(m);
    add_one(&m_none, &l);
    CHECK_EQ(l.word, 0);
    CHECK_EQ(l.count, taken + 1);
}

/* Two held at once, by two notes, and one more without. */
static void several(void)
{
    uint32_t a, b;
    struct m *m = rt_enter();
    a = b = m->bias_tag;
    biased_lock(m, &a, 0);
    biased_lock(m, &b, 1);
    CHECK(biased_by_note(m, &a, 0) && biased_by_note(m, &b, 1));
    biased_unlock(m, &b, 1);
    biased_lock(m, &b, HELD_NOTES);
    CHECK_EQ(b, 1);
    biased_unlock(m, &b, HELD_NOTES);
    b = m->bias_tag;
    CHECK(biased_borrow(m, &b));
    CHECK_EQ(b, 1);
    biased_return(m, &b);
    CHECK_EQ(b, m->bias_tag);
    b = 0;
    biased_unlock(m, &a, 0);
    CHECK(a == m->bias_tag && b == 0 && !m->held[0] && !m->held[1]);
    rt_exit(m);
}

int main(void)
{
    earns();
    several();

    go_waitgroup done = { 0 };
    pthread_t t[STRANGERS];
    go_waitgroup_add(&done, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        go(worker, i, &done);
    for (int i = 0; i < STRANGERS; i++)
        CHECK_EQ(pthread_create(&t[i], NULL, stranger, NULL), 0);
    go_waitgroup_wait(&done);
    for (int i = 0; i < STRANGERS; i++)
        pthread_join(t[i], NULL);

    long sum = 0;
    for (int i = 0; i < WORKERS; i++)
        sum += locks[i].count;
    CHECK_EQ(sum,
             (long)WORKERS * TURNS * (RUN + (WORKERS - 1) * VISIT) + (long)STRANGERS * STRANGE);
    CHECK(biased_seen > 0);
    CHECK(revoked_seen > 0);
}
