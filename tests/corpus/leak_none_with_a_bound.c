/* SPDX-License-Identifier: MIT */
/* Control: waits that end by themselves, or through somebody who does: a deadline, a
 * sleep, a timer's channel, a context with a time limit, a goroutine that will send.
 * Report: nobody. */
#include "corpus.h"

static void until(go_chan(int) c)
{
    (void)!go_recv_until(c, NULL, go_now() + GO_HOUR);
}

static void in_select(go_chan(int) c)
{
    go_select(go_on_recv(c, NULL), go_on_timeout(GO_HOUR));
}

static void in_context(go_context *ctx)
{
    go_select(go_on_done(ctx), go_on_recv((go_chan(int))NULL, NULL));
}

static void for_timer(go_chan(int64_t) c)
{
    go_recv(c, NULL);
    go_yield();
}

static void sends_later(go_chan(int) c)
{
    go_sleep(GO_HOUR);
    go_send(c, 1);
}

static void receives(go_chan(int) c)
{
    go_recv(c, NULL);
    go_yield();
}

static corpus_part void run(void)
{
    go_chan(int) c = go_make(int, 0);
    go(until, go_make(int, 0));
    go(in_select, go_make(int, 0));
    go(in_context, go_context_with_timeout(go_context_background(), GO_HOUR));
    go(for_timer, go_after(GO_HOUR));
    go(receives, c);
    go(sends_later, c);
}

int main(void)
{
    run();
    for (int i = 0; i < 5; i++) {
        corpus_wait_leaked(0);
        go_sleep(GO_MILLISECOND);
    }
    corpus_leaks(0);
}
