/* SPDX-License-Identifier: MIT */
/* Rule D8: threads that are not ours send, receive and select, with goroutines
 * and with each other. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

enum { THREADS = 4 };

static int rounds;
static go_chan(int) work, back;
static go_chan(int64_t) sums;

static void *thread_send(void *arg)
{
    for (int i = 0; i < rounds; i++)
        go_send(work, i);
    return arg;
}

static void *thread_recv(void *arg)
{
    int64_t sum = 0;
    int v;
    while (go_recv(back, &v))
        sum += v;
    go_send(sums, sum);
    return arg;
}

static void *thread_select(void *arg)
{
    go_chan(int) never = arg;
    int sent = 0;
    while (sent < rounds) {
        int v;
        switch (
            go_select(go_on_recv(never, &v), go_on_send(work, sent), go_on_timeout(GO_SECOND))) {
        case 1:
            sent++;
            break;
        case 2:
            break; /* a slow machine */
        default:
            CHECK(!"received from a channel nobody sends on");
        }
    }
    return NULL;
}

static void forward(go_waitgroup *wg)
{
    int v;
    while (go_recv(work, &v))
        go_send(back, v);
    go_waitgroup_done(wg);
}

static void run(int capacity)
{
    pthread_t senders[THREADS], receivers[THREADS];
    go_waitgroup wg = { 0 };
    go_chan(int) never = go_make(int, 0);
    work = go_make(int, capacity);
    back = go_make(int, capacity);
    sums = go_make(int64_t, THREADS);

    go_waitgroup_add(&wg, THREADS);
    for (int i = 0; i < THREADS; i++) {
        go(forward, &wg);
        CHECK_EQ(pthread_create(&senders[i], NULL, i % 2 ? thread_send : thread_select, never), 0);
        CHECK_EQ(pthread_create(&receivers[i], NULL, thread_recv, NULL), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(senders[i], NULL);
    go_close(work);
    go_waitgroup_wait(&wg);
    go_close(back);

    int64_t sum, total = 0;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(receivers[i], NULL);
        CHECK(go_recv(sums, &sum));
        total += sum;
    }
    CHECK_EQ(total, (int64_t)THREADS * rounds * (rounds - 1) / 2);
    go_drop(never);
    go_drop(work);
    go_drop(back);
    go_drop(sums);
}

int main(void)
{
    rounds = test_scale(5000, 300);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        run(0);
        run(16);
    }
}
