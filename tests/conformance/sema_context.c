/* SPDX-License-Identifier: MIT */
/* Go, x/sync/semaphore: the context ends a wait, and the error says how; nothing is taken
 * then, and who waited behind is served. */
#include "check.h"

#include <goroutine.h>

enum { SIZE = 5 };

static go_sema sema = GO_SEMA_INIT(SIZE);

struct wait {
    go_context *ctx;
    int64_t n;
    int result;
    go_waitgroup done;
};

static void acquire(struct wait *w)
{
    w->result = go_sema_acquire_ctx(&sema, w->n, w->ctx);
    go_waitgroup_done(&w->done);
}

static void begin(struct wait *w, go_context *ctx, int64_t n)
{
    *w = (struct wait){ .ctx = ctx, .n = n };
    go_waitgroup_add(&w->done, 1);
    go(acquire, w);
}

static void until_one_waits(void)
{
    while (go_sema_try_acquire(&sema, 1)) {
        go_sema_release(&sema, 1);
        go_yield();
    }
}

static void cancelled(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    struct wait many, few, doomed;
    go_sema_acquire(&sema, 2);
    begin(&many, ctx, 4);
    until_one_waits();
    begin(&few, NULL, 3);
    begin(&doomed, ctx, SIZE + 1);
    go_sleep(50 * GO_MICROSECOND);
    go_context_cancel(ctx);
    go_waitgroup_wait(&many.done);
    go_waitgroup_wait(&few.done);
    go_waitgroup_wait(&doomed.done);
    CHECK_EQ(many.result, -ECANCELED);
    CHECK_EQ(doomed.result, -ECANCELED);
    CHECK_EQ(few.result, 0);
    CHECK_EQ(go_sema_acquire_ctx(&sema, 1, ctx), -ECANCELED);
    go_sema_release(&sema, SIZE);
    CHECK_EQ(go_sema_acquire_ctx(&sema, SIZE, ctx), 0); /* at once, though it has ended */
    go_sema_release(&sema, SIZE);
    go_context_drop(ctx);
}

static void timed_out(void)
{
    go_context *ctx = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    go_sema_acquire(&sema, 1);
    CHECK_EQ(go_sema_acquire_ctx(&sema, SIZE, ctx), -ETIMEDOUT);
    CHECK_EQ(go_sema_acquire_ctx(&sema, SIZE + 1, ctx), -ETIMEDOUT);
    CHECK_EQ(go_sema_acquire_ctx(&sema, SIZE - 1, NULL), 0);
    go_sema_release(&sema, SIZE);
    go_context_drop(ctx);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        for (int i = 0; i < test_scale(50, 5); i++) {
            cancelled();
            timed_out();
        }
    }
}
