/* SPDX-License-Identifier: MIT */
/* A go_mutex that leans to one P (sync/mutex.c): it is earned, keeps its meaning for everybody
 * else, and is exclusive while others revoke it. */
#include "check.h"
#include "sched/biased.h"
#include "sync/check_sync.h"
#include "sync/mutex.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>

enum { WORKERS = 6, STRANGERS = 2, TURNS = 16, VISIT = 5, STRANGE = 4000 };
enum { RUN = 3 * BIAS_EVERY * BIAS_EARNED / 2 };

static bool biased(go_mutex *mu)
{
    mutex_verify(mu);
    return ld_relaxed(&mu->state_) & MUTEX_BIASED;
}

/* Lock and unlock until it leans to us.  sysmon may move us meanwhile, and chaos does; without a
 * P, after a wait for a thread, nothing is earned. */
static void earn(go_mutex *mu)
{
    for (int i = 0; !biased(mu); i++) {
        CHECK(i < 100);
        go_yield();
        for (int k = 0; k < 2 * RUN && !(ld_relaxed(&mu->state_) & MUTEX_BIASED); k++) {
            go_mutex_lock(mu);
            go_mutex_unlock(mu);
        }
    }
}

static void *foreign_lock(void *arg)
{
    go_mutex_lock(arg);
    go_mutex_unlock(arg);
    return NULL;
}

static void *foreign_try(void *arg)
{
    CHECK(go_mutex_try_lock(arg));
    go_mutex_unlock(arg);
    return NULL;
}

static void *foreign_unlock(void *arg)
{
    go_mutex_unlock(arg);
    return NULL;
}

static void *foreign_try_held(void *arg)
{
    CHECK(!go_mutex_try_lock(arg));
    CHECK_EQ(go_mutex_lock_until(arg, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    return NULL;
}

static void by_thread(void *(*f)(void *), go_mutex *mu)
{
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, f, mu), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
}

static void others(void)
{
    go_mutex mu = { 0 };
    earn(&mu);
    by_thread(foreign_lock, &mu);
    CHECK(!biased(&mu));

    earn(&mu);
    by_thread(foreign_try, &mu);

    earn(&mu);
    go_mutex_lock(&mu);
    by_thread(foreign_try_held, &mu);
    CHECK(!go_mutex_try_lock(&mu));
    go_mutex_unlock(&mu);

    earn(&mu);
    go_mutex_lock(&mu);
    by_thread(foreign_unlock, &mu);
    CHECK(go_mutex_try_lock(&mu));
    go_mutex_unlock(&mu);
    CHECK_EQ(ld_relaxed(&mu.state_) & ~MUTEX_BIASED, 0);
}

/* --- A cond unlocks it inside the runtime ------------------------------------------ */

struct meeting {
    go_mutex mu;
    go_cond changed;
    int turn; /* mu */
};

static void dancer(struct meeting *t, int me, int turns, go_waitgroup *done)
{
    for (int i = 0; i < turns; i++) {
        go_mutex_lock(&t->mu);
        while (t->turn % 2 != me)
            go_cond_wait(&t->changed, &t->mu);
        t->turn++;
        go_cond_signal(&t->changed);
        go_mutex_unlock(&t->mu);
    }
    go_waitgroup_done(done);
}

static void dance(void)
{
    struct meeting t = { .turn = 0 };
    go_waitgroup done = { 0 };
    go_waitgroup_add(&done, 2);
    go(dancer, &t, 0, 20000, &done);
    go(dancer, &t, 1, 20000, &done);
    go_waitgroup_wait(&done);
    CHECK_EQ(t.turn, 40000);
    mutex_verify(&t.mu);
}

/* --- Exclusion ---------------------------------------------------------------------- */

static struct place {
    go_mutex mu;
    int inside;
    long count; /* mu */
} places[WORKERS];

static void add_one(struct place *p)
{
    go_mutex_lock(&p->mu);
    CHECK_EQ(p->inside, 0);
    p->inside = 1;
    p->count++;
    compiler_barrier();
    p->inside = 0;
    go_mutex_unlock(&p->mu);
}

static void worker(int which, go_waitgroup *done)
{
    for (int turn = 0; turn < TURNS; turn++) {
        for (int i = 0; i < RUN; i++)
            add_one(&places[which]);
        for (int i = 0; i < WORKERS * VISIT; i++)
            add_one(&places[i % WORKERS]);
        mutex_verify(&places[which].mu);
        go_yield();
    }
    go_waitgroup_done(done);
}

static void *stranger(void *arg)
{
    for (int i = 0; i < STRANGE; i++)
        add_one(&places[i % WORKERS]);
    return arg;
}

static void exclusive(void)
{
    go_waitgroup done = { 0 };
    pthread_t t[STRANGERS];
    go_waitgroup_add(&done, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        go(worker, i, &done);
    for (int i = 0; i < STRANGERS; i++)
        CHECK_EQ(pthread_create(&t[i], NULL, stranger, NULL), 0);
    go_waitgroup_wait(&done);
    long sum = 0;
    for (int i = 0; i < STRANGERS; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < WORKERS; i++)
        sum += places[i].count;
    CHECK_EQ(sum, (long)WORKERS * TURNS * (RUN + WORKERS * VISIT) + (long)STRANGERS * STRANGE);
}

int main(void)
{
    others();
    dance();
    exclusive();
}
