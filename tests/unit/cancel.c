/* SPDX-License-Identifier: MIT */
/* sched/cancel.h: a cancel ends once; watchers fire once or are removed; a tree ends
 * without recursion; every wait with a bound can be ended by one, and a race of the end
 * with the wake-up loses neither. */
#include "sched/cancel.h"
#include "sched/entry.h"
#include "sched/park.h"

#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <stdlib.h>

static int end(struct cancel *c, int why)
{
    struct m *m = rt_enter();
    int first = cancel_end(m, c, why, why);
    rt_exit(m);
    return first;
}

/* Nothing of this layer looks behind the cancel at the beginning of a context. */
static go_context *ctx_of(struct cancel *c)
{
    return (go_context *)(void *)c;
}

struct counted {
    struct watcher w; /* first */
    struct cancel *next;
    int fired;
};

static struct cancel *count(struct m *m, struct watcher *w)
{
    struct counted *k = (struct counted *)(void *)w;
    (void)m;
    k->fired++;
    return k->next;
}

static void test_watchers(void)
{
    struct cancel c = { 0 };
    struct counted a = { .w.fire = count }, b = a, late = a;
    CHECK(cancel_watch(&c, &a.w) && cancel_watch(&c, &b.w));
    CHECK(cancel_unwatch(&c, &a.w) && !cancel_unwatch(&c, &a.w));
    CHECK(end(&c, -ETIMEDOUT) && !end(&c, -ECANCELED));
    CHECK_EQ(cancel_why(&c), -ETIMEDOUT);
    CHECK(a.fired == 0 && b.fired == 1 && !cancel_unwatch(&c, &b.w));
    CHECK(!cancel_watch(&c, &late.w) && late.fired == 0);
    CHECK(cancel_why(NULL) == 0);
}

/* Chain and fan in one: each has a follower and a leaf that has ended before. */
static void test_tree(void)
{
    enum { DEPTH = 100000 };
    struct cancel *c = calloc(DEPTH, sizeof *c), ended = { 0 };
    struct counted *down = calloc(DEPTH, sizeof *down), *leaf = calloc(DEPTH, sizeof *leaf);
    CHECK(c && down && leaf);
    end(&ended, -ETIMEDOUT);
    for (int i = 0; i < DEPTH; i++) {
        leaf[i] = (struct counted){ .w.fire = count, .next = &ended };
        down[i] = (struct counted){ .w.fire = count, .next = i + 1 < DEPTH ? &c[i + 1] : NULL };
        CHECK(cancel_watch(&c[i], i % 2 ? &leaf[i].w : &down[i].w));
        CHECK(cancel_watch(&c[i], i % 2 ? &down[i].w : &leaf[i].w));
    }
    CHECK(end(&c[0], -ECANCELED));
    for (int i = 0; i < DEPTH; i++)
        CHECK(cancel_why(&c[i]) == -ECANCELED && down[i].fired == 1 && leaf[i].fired == 1 &&
              down[i].w.state == WATCH_IDLE && leaf[i].w.state == WATCH_IDLE);
    CHECK_EQ(cancel_why(&ended), -ETIMEDOUT);
    free(c);
    free(down);
    free(leaf);
}

/* --- Every wait ends with a context ------------------------------------------- */

static go_mutex mutex, cond_mutex;
static go_rwmutex rwmutex;
static go_waitgroup group;
static go_cond cond;
static go_once once;
static go_chan(int) no_sender, no_receiver;
static go_chan(bool) release;

static void slow(void *unused)
{
    (void)unused;
    go_recv(release, NULL);
}

static void run_once(void)
{
    go_once_do(&once, slow, NULL);
}

static int wait_in(int which, go_context *ctx)
{
    int err = 1;
    switch (which) {
    case 0:
        return go_recv_ctx(no_sender, NULL, ctx);
    case 1:
        return go_send_ctx(no_receiver, 1, ctx);
    case 2:
        return go_mutex_lock_ctx(&mutex, ctx);
    case 3:
        return go_rwmutex_lock_ctx(&rwmutex, ctx);
    case 4:
        return go_rwmutex_rlock_ctx(&rwmutex, ctx);
    case 5:
        return go_waitgroup_wait_ctx(&group, ctx);
    case 6:
        go_mutex_lock(&cond_mutex);
        err = go_cond_wait_ctx(&cond, &cond_mutex, ctx);
        go_mutex_unlock(&cond_mutex);
        return err;
    case 7:
        return go_once_do_ctx(&once, slow, NULL, ctx);
    case 8:
        return go_sleep_ctx(GO_HOUR, ctx);
    default:
        return go_recv_ctx((go_chan(int))NULL, NULL, ctx);
    }
}
enum { WAITS = 10 };

static void waiter(int which, go_context *ctx, int expected, go_waitgroup *done)
{
    CHECK_EQ(wait_in(which, ctx), expected);
    go_waitgroup_done(done);
}

static void test_every_wait(int why, bool before)
{
    struct cancel c = { 0 };
    go_waitgroup done = { 0 };
    if (before)
        end(&c, why);
    for (int i = 0; i < WAITS; i++) {
        go_waitgroup_add(&done, 3);
        for (int j = 0; j < 3; j++)
            go(waiter, i, ctx_of(&c), why, &done);
    }
    for (int i = 0; i < 20; i++)
        go_yield();
    end(&c, why);
    go_waitgroup_wait(&done);
    go_verify();
}

static void test_waits(void)
{
    no_sender = go_make(int, 0);
    no_receiver = go_make(int, 0);
    release = go_make(bool, 0);
    go_mutex_lock(&mutex);
    go_rwmutex_lock(&rwmutex);
    go_waitgroup_add(&group, 1);
    go(run_once);
    while (!ld_relaxed(&once.state_))
        go_yield();
    for (int i = 0; i < 4; i++)
        test_every_wait(i % 2 ? -ETIMEDOUT : -ECANCELED, i >= 2);
    /* Nobody left a trace: all can be had, and the ended context does not hinder. */
    struct cancel ended = { 0 };
    end(&ended, -ECANCELED);
    go_mutex_unlock(&mutex);
    go_rwmutex_unlock(&rwmutex);
    go_waitgroup_done(&group);
    go_send(release, true);
    CHECK(!go_once_do_until(&once, slow, NULL, GO_FOREVER));
    for (int i = 2; i < 8; i++) {
        CHECK_EQ(wait_in(i, ctx_of(&ended)), i == 6 ? -ECANCELED : 0);
        if (i == 3)
            go_rwmutex_unlock(&rwmutex);
    }
    CHECK_EQ(go_sleep_ctx(1, ctx_of(&ended)), -ECANCELED);
    CHECK_EQ(go_sleep_ctx(GO_MILLISECOND, NULL), 0);
    go_drop(no_sender);
    go_drop(no_receiver);
    go_drop(release);
}

/* --- The end races with the wake-up ------------------------------------------- */

struct race {
    struct cancel c;
    go_chan(int) ch;
    int got;
    go_waitgroup done;
};

static void race_receive(struct race *r)
{
    int err = go_recv_ctx(r->ch, &r->got, ctx_of(&r->c));
    CHECK(err == 0 || (err == -ECANCELED && r->got == 0));
    go_waitgroup_done(&r->done);
}

static void race_end(struct race *r)
{
    CHECK(end(&r->c, -ECANCELED));
    go_waitgroup_done(&r->done);
}

static void race_send(struct race *r)
{
    /* What the receiver did not take stays with us. */
    int err = go_send_ctx(r->ch, 7, ctx_of(&r->c));
    CHECK(err == 0 || err == -ECANCELED);
    go_waitgroup_done(&r->done);
    go_waitgroup_wait(&r->done);
    CHECK_EQ(r->got, err == 0 ? 7 : 0);
}

static void race_once(void)
{
    struct race r = { .ch = go_make(int, 0) };
    go_waitgroup_add(&r.done, 3);
    go(race_receive, &r);
    go(race_end, &r);
    race_send(&r);
    go_drop(r.ch);
}

int main(void)
{
    test_watchers();
    test_tree();
    test_waits();
    for (int i = 0; i < (test_scale(5000, 500)); i++)
        race_once();
    return 0;
}
