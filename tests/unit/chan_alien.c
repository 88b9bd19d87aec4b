/* SPDX-License-Identifier: MIT */
/* Threads that are not ours send, receive, select and wait with a deadline, among
 * themselves and with goroutines. */
#include "chan/chan.h"
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>

enum { THREADS = 3 };

static int rounds;
static go_chan(int) numbers, squares;
static int64_t sum;

static void *produce(void *arg)
{
    int first = (int)(intptr_t)arg;
    for (int i = first; i < first + rounds; i++)
        go_send(numbers, i);
    return NULL;
}

static void square(go_waitgroup *wg)
{
    int v;
    while (go_recv(numbers, &v))
        go_send(squares, v % 1000 * (v % 1000));
    go_waitgroup_done(wg);
}

/* Every way to receive in turn. */
static int receive(int i, int *v)
{
    if (i % 3 == 0)
        return go_recv(squares, v) ? 0 : -EPIPE;
    if (i % 3 == 1)
        return go_recv_until(squares, v, go_now() + GO_MILLISECOND);
    go_chan(int) none = NULL, other = go_make(int, 0);
    int k = go_select(go_on_recv(none, v), go_on_recv(squares, v), go_on_recv(other, v),
                      go_on_timeout(GO_MILLISECOND));
    go_drop(other);
    CHECK(k == 1 || k == 3);
    return k == 3 ? -ETIMEDOUT : go_selected_ok() ? 0 : -EPIPE;
}

static void *consume(void *arg)
{
    int64_t mine = 0;
    int v, err;
    (void)arg;
    for (int i = 0; (err = receive(i, &v)) != -EPIPE; i++)
        mine += err == 0 ? v : 0;
    add_seq(&sum, mine);
    return NULL;
}

/* A thread whose first call of all is a select that chooses its default. */
static void *first_call(void *arg)
{
    go_chan(int) empty = (go_chan(int))arg;
    CHECK(!go_selected_ok());
    CHECK_EQ(go_select(go_on_recv(empty, NULL), go_default()), 1);
    CHECK(!go_selected_ok());
    return NULL;
}

int main(void)
{
    rounds = test_scale(20000, 1000);
    pthread_t in[THREADS], out[THREADS], first;
    go_waitgroup wg = { 0 };
    int64_t want = 0;

    numbers = go_make(int, 0);
    squares = go_make(int, 4);
    pthread_create(&first, NULL, first_call, (void *)numbers);
    pthread_join(first, NULL);

    for (int i = 0; i < THREADS; i++) {
        pthread_create(&in[i], NULL, produce, (void *)(intptr_t)(i * rounds));
        pthread_create(&out[i], NULL, consume, NULL);
        go_waitgroup_add(&wg, 1);
        go(square, &wg);
    }
    for (int i = 0; i < THREADS * rounds; i++)
        want += i % 1000 * (i % 1000);

    for (int i = 0; i < THREADS; i++)
        pthread_join(in[i], NULL);
    go_close(numbers);
    go_waitgroup_wait(&wg);
    go_close(squares);
    for (int i = 0; i < THREADS; i++)
        pthread_join(out[i], NULL);

    CHECK_EQ(sum, want);
    chan_verify((struct go_chan_ *)numbers);
    chan_verify((struct go_chan_ *)squares);
    go_drop(numbers);
    go_drop(squares);
}
