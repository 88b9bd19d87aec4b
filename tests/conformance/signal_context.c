/* SPDX-License-Identifier: MIT */
/* go_signal_context: ends with a signal, with its parent, or when cancelled; the signals
 * stay caught until it is dropped.  As Go's signal.NotifyContext. */
#include "support.h"

#include <goroutine.h>
#include <goroutine/net.h>

/* What the signals do otherwise; one that was sent may come late. */
static void late(int sig)
{
    (void)sig;
}

static void wait_done(go_context *ctx)
{
    CHECK(!go_recv(go_context_done(ctx), NULL));
}

static void (*handler_of(int sig))(int)
{
    struct sigaction now;
    CHECK_EQ(sigaction(sig, NULL, &now), 0);
    return now.sa_handler;
}

static void by_signal(void)
{
    go_context *ctx = go_signal_context(go_context_background(), SIGTERM, SIGINT);
    CHECK(ctx != NULL);
    CHECK_EQ(go_context_err(ctx), 0);
    CHECK_EQ(kill(getpid(), SIGTERM), 0);
    wait_done(ctx);
    CHECK_EQ(go_context_err(ctx), -ECANCELED);
    CHECK_EQ(go_context_cause(ctx), SIGTERM);
    for (int i = 0; i < 3; i++) { /* without effect, as long as it is held */
        CHECK_EQ(kill(getpid(), SIGTERM), 0);
        CHECK_EQ(kill(getpid(), SIGINT), 0);
        go_sleep(GO_MILLISECOND);
    }
    go_context_drop(ctx);
    while (handler_of(SIGTERM) != late) /* the goroutine may be on its way out */
        go_sleep(GO_MILLISECOND);
}

static void by_others(void)
{
    go_context *parent = go_context_with_cancel(go_context_background());
    go_context *ctx = go_signal_context(parent, SIGUSR1);
    go_context_cancel(parent);
    wait_done(ctx);
    CHECK_EQ(go_context_cause(ctx), -ECANCELED);
    go_context_drop(ctx);
    /* Over before it began. */
    ctx = go_signal_context(parent, SIGUSR1);
    CHECK_EQ(go_context_err(ctx), -ECANCELED);
    go_context_drop(ctx);
    go_context_drop(parent);

    ctx = go_signal_context(go_context_background(), SIGUSR1, SIGUSR2);
    go_context_cancel(ctx);
    CHECK_EQ(go_context_err(ctx), -ECANCELED);
    go_context_drop(ctx);
    while (handler_of(SIGUSR1) != late)
        go_sleep(GO_MILLISECOND);
    CHECK(handler_of(SIGUSR2) == late);
}

/* SIGTERM while goroutines work: they end, and main does. */
static void work(go_context *ctx, go_waitgroup *wg, go_chan(int) c)
{
    int n = 0;
    while (!go_context_err(ctx) && go_recv_ctx(c, &n, ctx) == 0 && go_send_ctx(c, n + 1, ctx) == 0)
        ;
    go_waitgroup_done(wg);
}

static void graceful(void)
{
    enum { N = 10 };
    go_waitgroup wg = { 0 };
    go_context *ctx = go_signal_context(go_context_background(), SIGTERM);
    go_chan(int) c = go_make(int, N / 2);
    for (int i = 0; i < N / 2; i++)
        go_send(c, i);
    go_waitgroup_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(work, ctx, &wg, c);
    go_sleep(5 * GO_MILLISECOND);
    CHECK_EQ(kill(getpid(), SIGTERM), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_context_cause(ctx), SIGTERM);
    go_context_drop(ctx);
    go_drop(c);
}

int main(void)
{
    static const int used[] = { SIGTERM, SIGINT, SIGUSR1, SIGUSR2 };
    for (int i = 0; i < 4; i++)
        signal(used[i], late);
    for (int i = 0; i < 2; i++) {
        by_signal();
        by_others();
        graceful();
    }
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
}
