/* SPDX-License-Identifier: MIT */
/* Context: the last drop may come at any moment: while the parent is cancelled, while the
 * deadline passes, by the goroutine that the end has just woken, by a thread; nothing is
 * used after it is freed (the sanitizers look) and nobody is left waiting. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>

/* Holds nothing but its own: dropped the moment it is woken, in three ways. */
static void wait_and_drop(go_context *own, int how, go_waitgroup *wg)
{
    if (how == 0)
        go_recv(go_context_done(own), NULL);
    else if (how == 1)
        CHECK(go_sleep_ctx(GO_HOUR, own) < 0);
    else
        go_select(go_on_done(own), go_on_timeout(GO_HOUR));
    CHECK(go_context_err(own) != 0);
    go_context_drop(own);
    go_waitgroup_done(wg);
}

static void test_woken_drops(int lap)
{
    go_waitgroup wg = { 0 };
    bool timed = lap & 1;
    go_context *p = timed ? go_context_with_timeout(go_context_background(), 50 * GO_MICROSECOND)
                          : go_context_with_cancel(go_context_background());
    for (int i = 0; i < 6; i++) {
        go_waitgroup_add(&wg, 1);
        go_context *c = i % 2 ? go_context_with_cancel(p) : go_context_with_timeout(p, GO_HOUR);
        go(wait_and_drop, c, i % 3, &wg);
    }
    if (lap & 2)
        go_yield();
    if (timed)
        go_context_drop(p); /* the children hold it */
    else
        go_context_cancel(p);
    go_waitgroup_wait(&wg);
    if (!timed)
        go_context_drop(p);
}

/* Drops, cancels and the parent's end meet. */
struct meeting {
    go_context *parent;
    go_waitgroup begin, end;
};

static void member(struct meeting *t, go_context *own, int what)
{
    go_waitgroup_done(&t->begin);
    go_waitgroup_wait(&t->begin);
    if (what == 1)
        go_context_cancel(own);
    if (what == 2)
        go_context_after_drop(go_context_after_func(own, go_yield));
    if (what == 3)
        go_context_drop(go_context_with_timeout(own, 1));
    go_context_drop(own);
    go_waitgroup_done(&t->end);
}

static void *member_thread(void *arg)
{
    struct meeting *t = arg;
    member(t, go_context_with_timeout(t->parent, 20 * GO_MICROSECOND), 0);
    return NULL;
}

static void test_meeting(int lap)
{
    enum { N = 8 };
    struct meeting t = { .parent = go_context_with_cancel(go_context_background()) };
    pthread_t thread;
    bool with_thread = lap % 8 == 0;
    go_waitgroup_add(&t.begin, N + 1 + with_thread);
    go_waitgroup_add(&t.end, N + with_thread);
    if (with_thread)
        CHECK_EQ(pthread_create(&thread, NULL, member_thread, &t), 0);
    for (int i = 0; i < N; i++)
        go(member, &t, go_context_with_timeout(t.parent, (i % 3) * 10 * GO_MICROSECOND + 1), i % 4);
    go_waitgroup_done(&t.begin);
    go_waitgroup_wait(&t.begin);
    go_context_cancel(t.parent);
    go_waitgroup_wait(&t.end);
    if (with_thread)
        pthread_join(thread, NULL);
    go_context_drop(t.parent);
}

int main(void)
{
    for (int lap = 0; lap < test_scale(1500, 100); lap++) {
        test_woken_drops(lap);
        test_meeting(lap);
    }
    while (go_count() > 1) /* functions that were started */
        go_yield();
    return 0;
}
