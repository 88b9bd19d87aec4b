/* SPDX-License-Identifier: MIT */
/* Wait groups that are freed, or used again, at the first moment they may be:
 * when the wait has returned, while the last done may be on its way out. */
#include "sync_crew.h"

#include "sync/check_sync.h"

#include <string.h>

enum { WORKERS = 3, TASKS = 5 };

/* What is done: handed to workers through a list. */
struct task {
    go_waitgroup *wg;
    int *done; /* atomic */
    struct task *next;
};

static struct {
    go_mutex m;
    go_cond c;
    struct task *head;
    bool over;
} pool;

static int rounds;

static struct task *next_task(void)
{
    go_mutex_lock(&pool.m);
    while (!pool.head && !pool.over)
        go_cond_wait(&pool.c, &pool.m);
    struct task *t = pool.head;
    if (t)
        pool.head = t->next;
    go_mutex_unlock(&pool.m);
    return t;
}

static void work(void *unused)
{
    (void)unused;
    for (struct task *t; (t = next_task());) {
        go_waitgroup *wg = t->wg;
        add_relaxed(t->done, 1);
        free(t);
        go_waitgroup_done(wg);
    }
}

static void *work_in_thread(void *arg)
{
    work(arg);
    return NULL;
}

static void submit(go_waitgroup *wg, int *done)
{
    struct task *t = malloc(sizeof *t);
    CHECK(t != NULL);
    t->wg = wg;
    t->done = done;
    go_mutex_lock(&pool.m);
    t->next = pool.head;
    pool.head = t;
    go_mutex_unlock(&pool.m);
    go_cond_signal(&pool.c);
}

static void wait_somehow(go_waitgroup *wg, uint32_t *seed)
{
    if (chance(seed, 2)) {
        go_waitgroup_wait(wg);
        return;
    }
    while (go_waitgroup_wait_until(wg, soon(seed)))
        if (chance(seed, 8) == 0)
            waitgroup_verify(wg);
}

static void lap(go_waitgroup *wg, uint32_t *seed)
{
    int done = 0, n = 1 + (int)chance(seed, TASKS);
    go_waitgroup_add(wg, n);
    for (int i = 0; i < n; i++)
        submit(wg, &done);
    wait_somehow(wg, seed);
    CHECK_EQ(ld_relaxed(&done), n);
    CHECK_EQ(wg->state_, 0);
    CHECK_EQ(wg->q_.len_, 0);
    CHECK_EQ(wg->q_.lock_, 0);
}

static void submit_and_wait(void *unused, uint32_t seed)
{
    (void)unused;
    for (int i = 0; i < rounds; i++) {
        go_waitgroup *wg = calloc(1, sizeof *wg);
        CHECK(wg != NULL);
        lap(wg, &seed);
        lap(wg, &seed);
        memset(wg, 0xa5, sizeof *wg);
        free(wg);

        go_waitgroup local = { 0 };
        lap(&local, &seed);
        memset(&local, 0xa5, sizeof local);
    }
}

static void freed_at_once(int goroutines)
{
    pthread_t t[WORKERS];
    go_waitgroup workers = { 0 };
    memset(&pool, 0, sizeof pool);
    for (int i = 0; i < WORKERS; i++) {
        CHECK_EQ(pthread_create(&t[i], NULL, work_in_thread, NULL), 0);
        go_waitgroup_go(&workers, work, NULL);
    }
    crew_run(goroutines, submit_and_wait, NULL);
    go_mutex_lock(&pool.m);
    pool.over = true;
    go_mutex_unlock(&pool.m);
    go_cond_broadcast(&pool.c);
    for (int i = 0; i < WORKERS; i++)
        CHECK_EQ(pthread_join(t[i], NULL), 0);
    go_waitgroup_wait(&workers);
}

/* Many wait for one; each sees what was done before. */
struct start {
    go_waitgroup gate;
    int ready; /* plain: ordered by the group alone */
};

static void wait_for_start(void *arg, uint32_t seed)
{
    struct start *s = arg;
    wait_somehow(&s->gate, &seed);
    CHECK_EQ(s->ready, 1);
}

static void open_gate(struct start *s)
{
    s->ready = 1;
    go_waitgroup_done(&s->gate);
}

static void many_wait(int goroutines)
{
    for (int i = 0; i < rounds / 8; i++) {
        struct start s = { .ready = 0 };
        go_waitgroup_add(&s.gate, 1);
        go(open_gate, &s);
        crew_run(goroutines, wait_for_start, &s);
    }
}

int main(void)
{
    rounds = test_scale(1000, 80);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        freed_at_once(2);
        freed_at_once(16);
        many_wait(10);
    }
}
