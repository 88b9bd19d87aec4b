/* SPDX-License-Identifier: MIT */
/* What the library panics about can be recovered, as Go's run-time panics can, and the
 * object is as good as before: nothing is locked, nobody forgotten. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static go_chan(int) c, nil;
static go_waitgroup wg;
static go_cond copied;
static go_mutex mu;

static void send(void)
{
    go_send(c, 1);
}

static void try_send(void)
{
    CHECK(go_try_send(c, 1) != 0);
}

static void send_until(void)
{
    CHECK(go_send_until(c, 1, go_now() + GO_SECOND) != 0);
}

static void select_send(void)
{
    go_select(go_on_recv(nil, NULL), go_on_send(c, 1));
}

/* More cases than have their place on the stack. */
static void select_many(void)
{
    struct go_case k[40];
    for (int i = 0; i < 39; i++)
        k[i] = go_on_recv(nil, NULL);
    k[39] = go_on_send(c, 1);
    go_select_cases(k, 40);
}

static void close_it(void)
{
    go_close(c);
}

static void close_nil(void)
{
    go_close(nil);
}

static void done(void)
{
    go_waitgroup_done(&wg);
}

static void wait_on_copy(void)
{
    go_cond_wait(&copied, &mu);
}

static void make_negative(void)
{
    go_make(int, -1);
}

static void expect(void (*f)(void), const char *text)
{
    go_recovered r;
    CHECK(go_recover(&r, f));
    if (strcmp(r.text, text) != 0) {
        fprintf(stderr, "\"%s\", not \"%s\"\n", r.text, text);
        _Exit(1);
    }
}

static void sender(void (*f)(void), int64_t *n)
{
    expect(f, "send on closed channel");
    go_atomic_add(n, 1);
}

/* Closed under those who wait. */
static void while_waiting(void)
{
    static void (*const ways[])(void) = { send, send_until, select_send, select_many };
    static int64_t n;
    go_waitgroup all = { 0 };
    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&all, sender, ways[i % 4], &n);
    for (int i = 0; i < 100; i++)
        go_yield();
    go_close(c);
    go_waitgroup_wait(&all);
    CHECK_EQ(n, 8);
}

int main(void)
{
    c = go_make(int, 0);
    while_waiting();
    expect(send, "send on closed channel");
    expect(try_send, "send on closed channel");
    expect(send_until, "send on closed channel");
    expect(select_send, "send on closed channel");
    expect(select_many, "send on closed channel");
    expect(close_it, "close of closed channel");
    expect(close_nil, "close of nil channel");
    expect(make_negative, "makechan: size out of range");
    CHECK(!go_recv(c, NULL));
    go_drop(c);

    expect(done, "sync: negative WaitGroup counter");
    go_waitgroup_add(&wg, 1); /* as Go's, it stays where it came to */
    go_waitgroup_wait(&wg);
    go_waitgroup_add(&wg, 1);
    go_waitgroup_done(&wg);
    go_waitgroup_wait(&wg);

    go_cond cond = { 0 };
    go_cond_signal(&cond);
    go_mutex_lock(&mu);
    CHECK_EQ(go_cond_wait_until(&cond, &mu, go_now()), -ETIMEDOUT);
    memcpy(&copied, &cond, sizeof cond);
    expect(wait_on_copy, "sync.Cond is copied");
    CHECK(!go_mutex_try_lock(&mu));
    go_mutex_unlock(&mu);
}
