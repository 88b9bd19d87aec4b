/* SPDX-License-Identifier: MIT */
/* The word and the queue of a semaphore through each of its transitions. */
#include "sync_eventually.h"

#include "sync/sema.h"

struct office {
    go_sema s;
    int served; /* atomic */
    int last;   /* atomic: who was served last */
    int result; /* atomic: of who waits with a bound */
};

static uint64_t word(struct office *o)
{
    sema_verify(&o->s);
    return ld_acquire(&o->s.state_);
}

static uint32_t waiting(struct office *o)
{
    return queue_len(&o->s.q_, &o->s.q_.lock_);
}

static void want(struct office *o, int64_t n, int who)
{
    go_sema_acquire(&o->s, n);
    st_release(&o->last, who);
    add_seq(&o->served, 1);
}

static void want_until(struct office *o, int64_t n, int64_t deadline)
{
    st_release(&o->result, go_sema_acquire_until(&o->s, n, deadline));
}

static void without_waiters(void)
{
    struct office o = { .s = GO_SEMA_INIT(5) };
    go_sema_acquire(&o.s, 2);
    CHECK_EQ(word(&o), 2 * 2);
    CHECK(go_sema_try_acquire(&o.s, 3));
    CHECK_EQ(word(&o), 2 * 5);
    CHECK(!go_sema_try_acquire(&o.s, 1));
    CHECK_EQ(go_sema_acquire_until(&o.s, 1, 0), -ETIMEDOUT);
    CHECK_EQ(word(&o), 2 * 5);
    go_sema_release(&o.s, 5);
    CHECK_EQ(word(&o), 0);
}

/* One release serves as many as it can, in order, and no one behind. */
static void in_order(void)
{
    static const int64_t wants[] = { 3, 1, 4, 1 };
    struct office o = { .s = GO_SEMA_INIT(5) };
    go_sema_acquire(&o.s, 5);
    for (int i = 0; i < 4; i++) {
        go(want, &o, wants[i], i);
        EVENTUALLY(waiting(&o) == (uint32_t)i + 1);
    }
    CHECK_EQ(word(&o), 2 * 5 + SEMA_WAITERS);
    go_sema_release(&o.s, 2);
    CHECK_EQ(word(&o), 2 * 3 + SEMA_WAITERS);
    CHECK_EQ(waiting(&o), 4);
    go_sema_release(&o.s, 3); /* 3 and 1 fit, 4 does not, the last must wait */
    CHECK_EQ(word(&o), 2 * 4 + SEMA_WAITERS);
    CHECK_EQ(waiting(&o), 2);
    EVENTUALLY(ld_acquire(&o.served) == 2);
    go_sema_release(&o.s, 4);
    CHECK_EQ(word(&o), 2 * 5);
    CHECK_EQ(waiting(&o), 0);
    EVENTUALLY(ld_acquire(&o.served) == 4);
    go_sema_release(&o.s, 5);
    CHECK_EQ(word(&o), 0);
}

/* The bound of the first ends: the second, who wants less, is served by that. */
static void first_leaves(void)
{
    struct office o = { .s = GO_SEMA_INIT(5), .result = 1 };
    go_sema_acquire(&o.s, 3);
    go(want_until, &o, 3, go_now() + 5 * GO_MILLISECOND);
    EVENTUALLY(waiting(&o) == 1 || ld_acquire(&o.result) != 1);
    go(want, &o, 2, 1);
    EVENTUALLY(ld_acquire(&o.result) != 1);
    CHECK_EQ(o.result, -ETIMEDOUT);
    EVENTUALLY(ld_acquire(&o.served) == 1);
    CHECK_EQ(word(&o), 2 * 5);
    go_sema_release(&o.s, 5);
    CHECK_EQ(word(&o), 0);
}

/* More than there is does not join the queue. */
static void doomed(void)
{
    struct office o = { .s = GO_SEMA_INIT(5), .result = 1 };
    go_sema_acquire(&o.s, 1);
    go(want_until, &o, 6, go_now() + 5 * GO_MILLISECOND);
    while (ld_acquire(&o.result) == 1) {
        CHECK_EQ(word(&o), 2 * 1);
        CHECK_EQ(waiting(&o), 0);
        go_yield();
    }
    CHECK_EQ(o.result, -ETIMEDOUT);
    go_sema_release(&o.s, 1);
}

/* The waiter that a bound took out of the queue has yet to tidy up: its bit is a
 * leftover, and neither a release nor an acquire is misled by it. */
static void leftover_bit(void)
{
    struct office o = { .s = GO_SEMA_INIT(5) };
    o.s.state_ = 2 * 3 | SEMA_WAITERS;
    go_sema_release(&o.s, 1);
    CHECK_EQ(word(&o), 2 * 2);
    o.s.state_ |= SEMA_WAITERS;
    CHECK(!go_sema_try_acquire(&o.s, 1));
    go_sema_acquire(&o.s, 3);
    CHECK_EQ(word(&o), 2 * 5);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        for (int i = 0; i < test_scale(50, 5); i++) {
            without_waiters();
            in_order();
            first_leaves();
            doomed();
            leftover_bit();
        }
    }
}
