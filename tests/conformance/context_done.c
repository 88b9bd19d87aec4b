/* SPDX-License-Identifier: MIT */
/* Context: its channel is one, made when first asked for, and closed before anybody can
 * see that the context, or one below it, has ended; also for those who ask for it while
 * it ends.  It works in a select, where a context that never ends never fires. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static void test_one(void)
{
    go_context *c = go_context_with_cancel(go_context_background());
    go_chan(char) d = go_hold(go_context_done(c));
    CHECK(d && d == go_context_done(c) && go_cap(d) == 0);
    CHECK_EQ(go_select(go_on_done(c), go_default()), 1);
    go_context_cancel(c);
    CHECK_EQ(go_select(go_on_done(c), go_default()), 0);
    CHECK(!go_selected_ok());
    go_context_drop(c);
    CHECK(!go_recv(d, NULL)); /* our own hold */
    go_drop(d);
}

static void test_asked_late(void)
{
    go_context *c = go_context_with_cancel(go_context_background());
    go_context_cancel(c);
    CHECK_EQ(go_try_recv(go_context_done(c), NULL), -EPIPE);
    go_context_drop(c);
}

static void test_select(void)
{
    go_context *c = go_context_with_timeout(go_context_todo(), 2 * GO_MILLISECOND);
    go_chan(int) never = go_make(int, 0);
    int v;
    CHECK_EQ(go_select(go_on_recv(never, &v), go_on_done(go_context_todo()), go_on_done(NULL),
                       go_on_done(c)),
             3);
    CHECK_EQ(go_context_err(c), -ETIMEDOUT);
    go_drop(never);
    go_context_drop(c);
}

/* Many ask for the channel while it is cancelled: all see the same, closed. */
struct race {
    go_context *ctx;
    go_chan(char) seen[4];
    go_waitgroup begin, end;
};

static void ask(struct race *r, int i)
{
    go_waitgroup_done(&r->begin);
    go_waitgroup_wait(&r->begin);
    r->seen[i] = go_context_done(r->ctx);
    if (i == 0)
        go_context_cancel(r->ctx);
    if (go_context_err(r->ctx))
        CHECK_EQ(go_recv_until(r->seen[i], NULL, go_now() + 10 * GO_SECOND), -EPIPE);
    if (i == 0)
        CHECK_EQ(go_try_recv(r->seen[i], NULL), -EPIPE);
    go_waitgroup_done(&r->end);
}

static void test_race(void)
{
    for (int lap = 0; lap < test_scale(3000, 200); lap++) {
        struct race r = { .ctx = go_context_with_cancel(go_context_background()) };
        go_waitgroup_add(&r.begin, 4);
        go_waitgroup_add(&r.end, 4);
        for (int i = 0; i < 4; i++)
            go(ask, &r, i);
        go_waitgroup_wait(&r.end);
        for (int i = 0; i < 4; i++)
            CHECK(r.seen[i] == r.seen[0]);
        go_context_drop(r.ctx);
    }
}

/* Whoever is woken through a context finds all above it ended and closed. */
static void look_up(go_context *above, go_context *below, bool by_call, go_waitgroup *wg)
{
    if (by_call)
        CHECK_EQ(go_sleep_ctx(GO_HOUR, below), -ECANCELED);
    else
        CHECK(!go_recv(go_context_done(below), NULL));
    CHECK_EQ(go_try_recv(go_context_done(above), NULL), -EPIPE);
    CHECK_EQ(go_try_recv(go_context_done(below), NULL), -EPIPE);
    CHECK_EQ(go_context_err(above), -ECANCELED);
    go_waitgroup_done(wg);
}

static void test_order(void)
{
    for (int lap = 0; lap < test_scale(1000, 100); lap++) {
        go_context *a = go_context_with_cancel(go_context_background());
        go_context *b = go_context_with_cancel(a);
        go_waitgroup wg = { 0 };
        for (int i = 0; i < 4; i++) {
            go_waitgroup_add(&wg, 1);
            go(look_up, a, i & 2 ? a : b, i & 1, &wg);
        }
        go_yield();
        if (lap & 1) /* later than those who wait: still closed first */
            CHECK(go_context_done(a) && go_context_done(b));
        go_context_cancel(a);
        go_waitgroup_wait(&wg);
        go_context_drop(b);
        go_context_drop(a);
    }
}

int main(void)
{
    test_one();
    test_asked_late();
    test_select();
    test_race();
    test_order();
    return 0;
}
