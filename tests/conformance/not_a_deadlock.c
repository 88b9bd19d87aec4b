/* SPDX-License-Identifier: MIT */
/* Go, deadlock detection is precise: an armed timer, a thread that is not ours
 * or a goroutine in a blocking call may still wake somebody, so a program that
 * waits for one of these is not reported. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

static void sleeper(go_chan(int) c)
{
    go_sleep(200 * GO_MILLISECOND);
    go_send(c, 1);
}

static void *thread_sends_later(void *c)
{
    usleep(200 * 1000); /* has never called the library until now */
    go_send((go_chan(int))c, 1);
    return NULL;
}

static void *thread_computes_then_sends(void *c)
{
    for (int64_t end = clock_ns() + 200 * GO_MILLISECOND; clock_ns() < end;)
        ;
    go_send((go_chan(int))c, 1);
    return NULL;
}

static void *thread_times_out_then_sends(void *c)
{
    go_chan(int) never = go_make(int, 0);
    CHECK_EQ(go_recv_until(never, NULL, go_now() + 100 * GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_select(go_on_recv(never, NULL), go_on_timeout(50 * GO_MILLISECOND)), 1);
    go_sleep(50 * GO_MILLISECOND);
    go_send((go_chan(int))c, 1);
    go_drop(never);
    return NULL;
}

static void blocks_then_sends(go_chan(int) c)
{
    usleep(200 * 1000);
    go_send(c, 1);
}

static void nap(void)
{
    usleep(200 * 1000);
}

static void go_blocks_then_sends(go_chan(int) c)
{
    go_block(nap);
    go_send(c, 1);
}

static void computes_then_sends(go_chan(int) c)
{
    for (int64_t end = clock_ns() + 200 * GO_MILLISECOND; clock_ns() < end;)
        ;
    go_send(c, 1);
}

static void from_a_thread(void *(*f)(void *), go_chan(int) c)
{
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, f, c), 0);
    CHECK(go_recv(c, NULL));
    CHECK_EQ(pthread_join(t, NULL), 0);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_chan(int) never = go_make(int, 0);
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        go(sleeper, c);
        CHECK(go_recv(c, NULL));
        go(blocks_then_sends, c);
        CHECK(go_recv(c, NULL));
        go(go_blocks_then_sends, c);
        CHECK(go_recv(c, NULL));
        go(computes_then_sends, c);
        CHECK(go_recv(c, NULL));
        from_a_thread(thread_sends_later, c);
        from_a_thread(thread_computes_then_sends, c);
        from_a_thread(thread_times_out_then_sends, c);

        go_chan(int64_t) after = go_after(200 * GO_MILLISECOND);
        CHECK(go_recv(after, NULL));
        go_drop(after);
        CHECK_EQ(go_recv_until(never, NULL, go_now() + 100 * GO_MILLISECOND), -ETIMEDOUT);
        CHECK_EQ(go_select(go_on_recv(never, NULL), go_on_timeout(100 * GO_MILLISECOND)), 1);
        go_mutex m = { 0 };
        go_mutex_lock(&m);
        CHECK_EQ(go_mutex_lock_until(&m, go_now() + 100 * GO_MILLISECOND), -ETIMEDOUT);
        go_mutex_unlock(&m);
    }
    go_drop(c);
    go_drop(never);
}
