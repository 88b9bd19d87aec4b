/* SPDX-License-Identifier: MIT */
/* The queue of a condition: order, generations, and a signal that finds somebody
 * whose deadline has just passed. */
#include "sync_eventually.h"

#include "sched/waitq.h"
#include "sync/check_sync.h"

enum { N = 8 };

struct desk {
    go_mutex m;
    go_cond c;
    int order[2 * N]; /* under m */
    int served;       /* under m */
};

struct customer {
    struct desk *desk;
    int number;
    int64_t deadline;
    int result; /* atomic; 1: not back */
};

static void wait_in_line(struct customer *c)
{
    struct desk *d = c->desk;
    go_mutex_lock(&d->m);
    int r = go_cond_wait_until(&d->c, &d->m, c->deadline);
    CHECK(!go_mutex_try_lock(&d->m)); /* held, however it ended */
    if (r == 0)
        d->order[d->served++] = c->number;
    go_mutex_unlock(&d->m);
    st_release(&c->result, r);
}

static uint32_t in_line(struct desk *d)
{
    cond_verify(&d->c);
    return queue_len(&d->c.q_, &d->c.q_.lock_);
}

static void line_up(struct desk *d, struct customer *c, int number, int64_t deadline)
{
    uint32_t before = in_line(d);
    *c = (struct customer){ d, number, deadline, 1 };
    go(wait_in_line, c);
    EVENTUALLY(in_line(d) == before + 1);
}

static void one_by_one(void)
{
    struct desk d = { .served = 0 };
    struct customer c[N];
    go_cond_signal(&d.c); /* nobody there: remembered by nobody */
    go_cond_broadcast(&d.c);
    for (int i = 0; i < N; i++)
        line_up(&d, &c[i], i, GO_FOREVER);
    CHECK_EQ(d.c.waiters_, N);
    for (int i = 0; i < N; i++) {
        go_cond_signal(&d.c);
        CHECK_EQ(in_line(&d), N - 1 - i);
        EVENTUALLY(ld_acquire(&c[i].result) == 0);
        CHECK_EQ(d.served, i + 1);
        CHECK_EQ(d.order[i], i);
    }
}

/* A broadcast, and before any of those woken can go on the next ones line up. */
static void generations(void)
{
    struct desk d = { .served = 0 };
    struct customer c[2 * N];
    for (int i = 0; i < N; i++)
        line_up(&d, &c[i], i, GO_FOREVER);
    go_mutex_lock(&d.m);
    go_cond_broadcast(&d.c);
    CHECK_EQ(in_line(&d), 0);
    go_mutex_unlock(&d.m);
    for (int i = N; i < 2 * N; i++)
        line_up(&d, &c[i], i, GO_FOREVER);
    for (int i = 0; i < N; i++)
        EVENTUALLY(ld_acquire(&c[i].result) == 0);
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(in_line(&d), N); /* none of the second generation left */
    go_cond_broadcast(&d.c);
    for (int i = N; i < 2 * N; i++)
        EVENTUALLY(ld_acquire(&c[i].result) == 0);
}

/* First in line is one whose deadline has won but who is still to be removed. */
static void goes_past_the_late(void)
{
    struct desk d = { .served = 0 };
    struct customer c;
    uint32_t claim = 1;
    struct go_waiter_ late = { .claim = &claim };
    spin_lock_word(&d.c.q_.lock_);
    d.c.self_ = &d.c;
    waitq_push(&d.c.q_, &late);
    st_relaxed(&d.c.waiters_, d.c.q_.len_);
    spin_unlock_word(&d.c.q_.lock_);
    line_up(&d, &c, 0, GO_FOREVER);
    go_cond_signal(&d.c);
    EVENTUALLY(ld_acquire(&c.result) == 0);
    CHECK(!late.queued);
    CHECK_EQ(in_line(&d), 0);
}

static void deadline_passes(void)
{
    struct desk d = { .served = 0 };
    struct customer brief, patient;
    int64_t start = go_now();
    brief = (struct customer){ &d, 0, start + 3 * GO_MILLISECOND, 1 };
    go(wait_in_line, &brief);
    EVENTUALLY(in_line(&d) == 1 || ld_acquire(&brief.result) != 1);
    line_up(&d, &patient, 1, GO_FOREVER);
    EVENTUALLY(ld_acquire(&brief.result) != 1);
    CHECK_EQ(brief.result, -ETIMEDOUT);
    CHECK(go_now() >= start + 3 * GO_MILLISECOND);
    CHECK_EQ(in_line(&d), 1);
    CHECK_EQ(d.c.waiters_, 1);
    go_cond_signal(&d.c);
    EVENTUALLY(ld_acquire(&patient.result) == 0);

    go_mutex_lock(&d.m);
    CHECK_EQ(go_cond_wait_until(&d.c, &d.m, 0), -ETIMEDOUT);
    CHECK(!go_mutex_try_lock(&d.m));
    go_mutex_unlock(&d.m);
    CHECK_EQ(d.c.waiters_, 0);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        one_by_one();
        generations();
        goes_past_the_late();
        deadline_passes();
    }
}
