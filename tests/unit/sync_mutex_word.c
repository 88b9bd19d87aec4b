/* SPDX-License-Identifier: MIT */
/* The bits of a mutex's word through each of its transitions. */
#include "sync_eventually.h"

#include "os/clock.h"
#include "sync/check_sync.h"
#include "sync/lockword.h"
#include "sync/mutex.h"

static uint32_t word(go_mutex *m)
{
    mutex_verify(m);
    return ld_acquire(&m->state_) & ~MUTEX_BIASED; /* sync_mutex_bias.c has that */
}

/* What lockword_pop makes of a queue of two, one, or none who can be woken. */
struct pop_case {
    uint32_t before;
    bool young[2], gone[2]; /* waits for less than 1 ms; its deadline has won */
    int n;
    bool hand_over;
    uint32_t after;
    int popped; /* -1: nobody */
    bool ok;
};

static const struct pop_case pop_cases[] = {
    { LW_HELD | LW_QUEUED, { 0 }, { 0 }, 2, false, LW_QUEUED | LW_WOKEN, 0, false },
    { LW_HELD | LW_QUEUED, { 0 }, { 0 }, 1, false, LW_WOKEN, 0, false },
    { LW_HELD | LW_QUEUED, { 0 }, { true }, 2, false, LW_WOKEN, 1, false },
    { LW_HELD | LW_QUEUED, { 0 }, { true }, 1, false, LW_HELD, -1, false },
    { LW_HELD | LW_QUEUED, { 0 }, { 0 }, 0, false, LW_HELD, -1, false },
    { LW_HELD | LW_QUEUED, { 0 }, { 0 }, 2, true, LW_HELD | LW_QUEUED, 0, true },
    { LW_HELD | LW_QUEUED | LW_STARVING,
      { 0 },
      { 0 },
      2,
      false,
      LW_HELD | LW_QUEUED | LW_STARVING,
      0,
      true },
    { LW_HELD | LW_QUEUED | LW_STARVING, { true }, { 0 }, 2, false, LW_HELD | LW_QUEUED, 0, true },
    { LW_HELD | LW_QUEUED | LW_STARVING, { 0 }, { 0 }, 1, false, LW_HELD, 0, true },
    { LW_HELD | LW_QUEUED | LW_STARVING, { 0 }, { true, true }, 2, false, LW_HELD, -1, false },
};

static void pop_table(void)
{
    for (size_t i = 0; i < sizeof pop_cases / sizeof *pop_cases; i++) {
        const struct pop_case *c = &pop_cases[i];
        struct sync_waiter sw[2] = { { .since = 0 } };
        go_mutex m = { .state_ = c->before };
        struct lockword l = { &m.state_, LW_HELD, &m.q_.lock_, &m.q_, WAIT_MUTEX, NULL };
        for (int k = 0; k < c->n; k++) {
            sw[k].since = clock_now() - (c->young[k] ? 0 : 2 * LW_STARVED_NS);
            sw[k].claim = c->gone[k];
            sw[k].w.claim = &sw[k].claim;
            waitq_push(&m.q_, &sw[k].w);
        }
        uint32_t s = c->before;
        struct go_waiter_ *w = lockword_pop(&l, &s, c->hand_over);
        CHECK_EQ(s, c->after);
        CHECK(w == (c->popped < 0 ? NULL : &sw[c->popped].w));
        CHECK(!w || w->ok == c->ok);
    }
}

static void alone(void)
{
    go_mutex m = { 0 };
    go_mutex_lock(&m);
    CHECK_EQ(word(&m), LW_HELD);
    CHECK(!go_mutex_try_lock(&m));
    CHECK_EQ(go_mutex_lock_until(&m, 0), -ETIMEDOUT);
    CHECK_EQ(word(&m), LW_HELD);
    int64_t start = go_now();
    CHECK_EQ(go_mutex_lock_until(&m, start + 2 * GO_MILLISECOND), -ETIMEDOUT);
    CHECK(go_now() >= start + 2 * GO_MILLISECOND);
    CHECK_EQ(word(&m), LW_HELD);
    go_mutex_unlock(&m);
    CHECK_EQ(word(&m), 0);
    CHECK(go_mutex_try_lock(&m));
    go_mutex_unlock(&m);
    CHECK_EQ(go_mutex_lock_until(&m, 0), 0); /* free: no deadline matters */
    go_mutex_unlock(&m);
    CHECK_EQ(word(&m), 0);
}

struct room {
    go_mutex m;
    int entered;   /* under m */
    int order[8];  /* under m */
    int may_leave; /* atomic: so many may unlock */
    int left;      /* atomic */
};

struct guest {
    struct room *room;
    int number;
};

static void visit(struct guest *g)
{
    struct room *r = g->room;
    go_mutex_lock(&r->m);
    int n = r->entered++;
    r->order[n] = g->number;
    EVENTUALLY(ld_acquire(&r->may_leave) > n);
    go_mutex_unlock(&r->m);
    add_seq(&r->left, 1);
}

static void invite(struct guest *g, struct room *r, int number)
{
    *g = (struct guest){ r, number };
    uint32_t before = queue_len(&r->m.q_, &r->m.q_.lock_);
    go(visit, g);
    EVENTUALLY(queue_len(&r->m.q_, &r->m.q_.lock_) == before + 1);
}

/* Unlock and take it again before the one that was woken comes, which then
 * stands first in the queue again.  It may come first all the same: false. */
static bool barge(struct room *r)
{
    go_mutex_unlock(&r->m);
    return go_mutex_try_lock(&r->m);
}

/* Three wait for more than 1 ms, and one is woken in vain: from then on the lock
 * passes from hand to hand, in order, and nobody else gets it. */
static bool starving(void)
{
    struct room r = { .entered = 0 };
    struct guest g[3];
    go_mutex_lock(&r.m);
    for (int i = 0; i < 3; i++)
        invite(&g[i], &r, i);
    CHECK_EQ(word(&r.m), LW_HELD | LW_QUEUED);
    go_sleep(2 * GO_MILLISECOND);
    if (!barge(&r)) {
        st_release(&r.may_leave, 3);
        EVENTUALLY(ld_acquire(&r.left) == 3);
        return false;
    }
    EVENTUALLY(word(&r.m) & LW_STARVING);
    CHECK_EQ(word(&r.m), LW_HELD | LW_QUEUED | LW_STARVING);
    CHECK_EQ(queue_len(&r.m.q_, &r.m.q_.lock_), 3);

    go_mutex_unlock(&r.m);
    for (int i = 0; i < 3; i++) {
        CHECK(!go_mutex_try_lock(&r.m)); /* handed over: never free */
        CHECK(word(&r.m) & LW_HELD);
        EVENTUALLY(ld_relaxed(&r.entered) == i + 1);
        if (i == 2)
            CHECK_EQ(word(&r.m), LW_HELD); /* the last one: normal again */
        st_release(&r.may_leave, i + 1);
        EVENTUALLY(ld_acquire(&r.left) == i + 1);
    }
    CHECK_EQ(word(&r.m), 0);
    for (int i = 0; i < 3; i++)
        CHECK_EQ(r.order[i], i);
    return true;
}

/* Who has been woken in vain is first again. */
static bool keeps_its_place(void)
{
    struct room r = { .entered = 0 };
    struct guest g[2];
    go_mutex_lock(&r.m);
    for (int i = 0; i < 2; i++)
        invite(&g[i], &r, i);
    bool barged = barge(&r);
    if (barged) {
        EVENTUALLY(queue_len(&r.m.q_, &r.m.q_.lock_) == 2);
        CHECK(!(word(&r.m) & LW_WOKEN));
        st_release(&r.may_leave, 2);
        go_mutex_unlock(&r.m);
    } else {
        st_release(&r.may_leave, 2);
    }
    EVENTUALLY(ld_acquire(&r.left) == 2);
    CHECK_EQ(r.order[0], 0);
    CHECK_EQ(word(&r.m), 0);
    return barged;
}

struct late {
    go_mutex *m;
    int64_t deadline;
    int result; /* atomic */
};

static void give_up(struct late *l)
{
    int r = go_mutex_lock_until(l->m, l->deadline);
    if (r == 0)
        go_mutex_unlock(l->m);
    st_release(&l->result, r == 0 ? 1 : r);
}

/* One that gives up leaves the bits right, alone and with another behind it. */
static void tidies_up(void)
{
    struct room r = { .entered = 0 };
    struct guest g;
    go_mutex_lock(&r.m);
    struct late l = { &r.m, go_now() + GO_MILLISECOND, 0 };
    go(give_up, &l);
    EVENTUALLY(ld_acquire(&l.result));
    CHECK_EQ(l.result, -ETIMEDOUT);
    CHECK_EQ(word(&r.m), LW_HELD);

    l = (struct late){ &r.m, go_now() + 20 * GO_MILLISECOND, 0 };
    go(give_up, &l);
    EVENTUALLY(queue_len(&r.m.q_, &r.m.q_.lock_) == 1 || ld_acquire(&l.result));
    go(visit, (g = (struct guest){ &r, 0 }, &g));
    EVENTUALLY(ld_acquire(&l.result));
    CHECK_EQ(l.result, -ETIMEDOUT);
    EVENTUALLY(queue_len(&r.m.q_, &r.m.q_.lock_) == 1);
    CHECK_EQ(word(&r.m), LW_HELD | LW_QUEUED);
    st_release(&r.may_leave, 1);
    go_mutex_unlock(&r.m);
    EVENTUALLY(ld_acquire(&r.left) == 1);
    CHECK_EQ(word(&r.m), 0);
}

/* Barging depends on who is faster; with one P it nearly always succeeds. */
static void at_last(bool (*test)(void))
{
    for (int i = 0; i < 100; i++)
        if (test())
            return;
    CHECK(!"nobody ever got past a woken waiter");
}

int main(void)
{
    pop_table();
    alone();
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        at_last(starving);
        at_last(keeps_its_place);
        tidies_up();
    }
}
