/* SPDX-License-Identifier: MIT */
/* The word of a wait group, and the wait that comes by while the last done is
 * still on its way out. */
#include "sync_eventually.h"

#include "sync/check_sync.h"
#include "sync/waitgroup.h"

#define COUNT(n) ((uint64_t)(n) << 32)

struct wait {
    go_waitgroup *wg;
    int64_t deadline;
    int result; /* atomic; 1: not back */
};

static void wait_for(struct wait *w)
{
    st_release(&w->result, go_waitgroup_wait_until(w->wg, w->deadline));
}

static uint64_t word(go_waitgroup *wg)
{
    waitgroup_verify(wg);
    return ld_acquire(&wg->state_);
}

static void counting(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_wait(&wg);
    go_waitgroup_add(&wg, 3);
    CHECK_EQ(word(&wg), COUNT(3));
    go_waitgroup_add(&wg, 0);
    go_waitgroup_done(&wg);
    go_waitgroup_add(&wg, -1);
    CHECK_EQ(word(&wg), COUNT(1));
    CHECK_EQ(go_waitgroup_wait_until(&wg, 0), -ETIMEDOUT);
    CHECK_EQ(word(&wg), COUNT(1));
    go_waitgroup_done(&wg);
    CHECK_EQ(word(&wg), 0);
    CHECK_EQ(go_waitgroup_wait_until(&wg, 0), 0);
    go_waitgroup_add(&wg, INT32_MAX);
    go_waitgroup_add(&wg, -INT32_MAX);
    CHECK_EQ(word(&wg), 0);
}

static void releases_all(void)
{
    enum { N = 10 };
    go_waitgroup wg = { 0 };
    struct wait w[N];
    go_waitgroup_add(&wg, 2);
    for (uint32_t i = 0; i < N; i++) {
        w[i] = (struct wait){ &wg, GO_FOREVER, 1 };
        go(wait_for, &w[i]);
        EVENTUALLY(queue_len(&wg.q_, &wg.q_.lock_) == i + 1);
    }
    CHECK_EQ(word(&wg), COUNT(2) | WG_WAITERS);
    go_waitgroup_done(&wg);
    CHECK_EQ(word(&wg), COUNT(1) | WG_WAITERS);
    CHECK_EQ(queue_len(&wg.q_, &wg.q_.lock_), N);
    go_waitgroup_done(&wg);
    CHECK_EQ(word(&wg), 0);
    for (int i = 0; i < N; i++)
        EVENTUALLY(ld_acquire(&w[i].result) == 0);
}

static void tidies_up(void)
{
    go_waitgroup wg = { 0 };
    struct wait brief = { &wg, go_now() + GO_MILLISECOND, 1 };
    go_waitgroup_add(&wg, 1);
    go(wait_for, &brief);
    EVENTUALLY(ld_acquire(&brief.result) != 1);
    CHECK_EQ(brief.result, -ETIMEDOUT);
    CHECK_EQ(word(&wg), COUNT(1));

    struct wait patient = { &wg, GO_FOREVER, 1 };
    brief = (struct wait){ &wg, go_now() + 5 * GO_MILLISECOND, 1 };
    go(wait_for, &brief);
    go(wait_for, &patient);
    EVENTUALLY(ld_acquire(&brief.result) != 1);
    EVENTUALLY(queue_len(&wg.q_, &wg.q_.lock_) == 1);
    CHECK_EQ(word(&wg), COUNT(1) | WG_WAITERS);
    go_waitgroup_done(&wg);
    EVENTUALLY(ld_acquire(&patient.result) == 0);
    CHECK_EQ(word(&wg), 0);
}

/* The releaser has cleared the word and still holds the lock.  A wait that now
 * returned would let its caller free the lock under it. */
static void waits_for_the_releaser(void)
{
    go_waitgroup wg = { 0 };
    struct wait w = { &wg, GO_FOREVER, 1 };
    spin_lock_word(&wg.q_.lock_);
    go(wait_for, &w);
    for (int64_t end = go_now() + 2 * GO_MILLISECOND; go_now() < end; go_yield())
        CHECK_EQ(ld_acquire(&w.result), 1);
    spin_unlock_word(&wg.q_.lock_);
    EVENTUALLY(ld_acquire(&w.result) == 0);
    CHECK_EQ(word(&wg), 0);
}

/* The count is 0 but the releaser has yet to come for those who wait: a wait
 * that comes in between joins them. */
static void joins_the_released(void)
{
    go_waitgroup wg = { .state_ = WG_WAITERS };
    struct wait w = { &wg, GO_FOREVER, 1 };
    go(wait_for, &w);
    EVENTUALLY(queue_len(&wg.q_, &wg.q_.lock_) == 1);
    CHECK_EQ(ld_acquire(&w.result), 1);
    /* Put the clock back to just before the last done. */
    st_release(&wg.state_, COUNT(1) | WG_WAITERS);
    go_waitgroup_done(&wg);
    EVENTUALLY(ld_acquire(&w.result) == 0);
    CHECK_EQ(word(&wg), 0);
}

int main(void)
{
    counting();
    for (int procs = 2; procs <= 4; procs++) {
        go_maxprocs(procs);
        releases_all();
        tidies_up();
        waits_for_the_releaser();
        joins_the_released();
    }
}
