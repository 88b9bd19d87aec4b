/* SPDX-License-Identifier: MIT */
/* Goroutines that park in every way, for times around that after which their stacks are
 * packed, while threads add to counters on those stacks and the kernel writes there.  No
 * addition is lost, and what a goroutine left on its stack is there when it goes on. */
#include "pack.h"

#include "base/rand.h"

#include <pthread.h>
#include <string.h>

enum { N = 256, ADDERS = 2, WORDS = 40, BREATH_US = 100 };

/* On a goroutine's stack, found by all. */
struct mailbox {
    uint64_t added;   /* atomic */
    uint64_t written; /* by the kernel; only thread 0 asks it to */
};

static struct mailbox *boxes[N];
static go_chan(int) calls[N];
static uint64_t added;           /* atomic: by all threads, to all boxes */
static uint64_t last_written[N]; /* thread 0's */
static uint32_t stop;            /* atomic */
static go_mutex mutex;

static void park_somehow(uint64_t *rand, int i)
{
    int64_t t = (int64_t)rand_below(rand, 6) * GO_MILLISECOND / 2;
    int v;
    switch (rand_below(rand, 4)) {
    case 0:
        go_sleep(t);
        break;
    case 1:
        if (go_recv_until(calls[i], &v, go_now() + t) < 0)
            go_yield();
        break;
    case 2:
        go_mutex_lock(&mutex);
        if (rand_below(rand, 16) == 0)
            go_sleep(t);
        go_mutex_unlock(&mutex);
        break;
    default:
        go_recv(calls[i], &v);
        break;
    }
}

/* What a goroutine leaves on its stack; volatile, or it would not be there. */
static void lap(uint64_t *rand, int i, int round)
{
    volatile uint64_t words[WORDS];
    uint32_t used = rand_below(rand, WORDS);
    for (uint32_t k = 0; k < WORDS; k++)
        words[k] = k < used ? (uint64_t)i << 32 | (uint64_t)round << 8 | k : 0;
    park_somehow(rand, i);
    for (uint32_t k = 0; k < WORDS; k++)
        CHECK_EQ(words[k], k < used ? (uint64_t)i << 32 | (uint64_t)round << 8 | k : 0);
}

static void parker(int i, uint64_t *sum, go_waitgroup *ready, go_waitgroup *ended)
{
    struct mailbox box = { 0 };
    uint64_t rand = 77 + (uint64_t)i;
    __atomic_store_n(&boxes[i], &box, __ATOMIC_RELEASE);
    go_waitgroup_done(ready);
    for (int round = 0; !__atomic_load_n(&stop, __ATOMIC_ACQUIRE); round++)
        lap(&rand, i, round);
    int v;
    while (go_recv(calls[i], &v)) /* the threads have stopped once it is closed */
        ;
    __atomic_fetch_add(sum, __atomic_load_n(&box.added, __ATOMIC_ACQUIRE), __ATOMIC_ACQ_REL);
    CHECK_EQ(box.written, last_written[i]);
    go_waitgroup_done(ended);
}

/* As a call that a library makes for who waits. */
static void kernel_writes(int ends[2], int i, uint64_t v)
{
    CHECK_EQ(write(ends[1], &v, sizeof v), sizeof v);
    CHECK_EQ(read(ends[0], &boxes[i]->written, sizeof v), sizeof v);
    last_written[i] = v;
}

static void *adder(void *arg)
{
    int self = (int)(intptr_t)arg, ends[2];
    uint64_t rand = 5 + (uint64_t)self, n = 0;
    CHECK_EQ(pipe(ends), 0);
    for (; !__atomic_load_n(&stop, __ATOMIC_ACQUIRE); n++) {
        int i = (int)rand_below(&rand, N);
        __atomic_fetch_add(&boxes[i]->added, 1, __ATOMIC_RELAXED);
        if (self == 0 && n % 4 == 0)
            kernel_writes(ends, (int)rand_below(&rand, N), n + 1);
        usleep(BREATH_US);
    }
    __atomic_fetch_add(&added, n, __ATOMIC_ACQ_REL);
    close(ends[0]);
    close(ends[1]);
    return NULL;
}

/* Now one, now a storm. */
static void wake_for(int64_t d)
{
    uint64_t rand = 3;
    for (int64_t end = go_now() + d; go_now() < end;) {
        uint32_t n = rand_below(&rand, 8) ? 1 : N, first = rand_below(&rand, N);
        for (uint32_t k = 0; k < n; k++)
            if (go_send_until(calls[(first + k) % N], 1, go_now()) < 0)
                continue; /* it waits for something else */
        go_sleep((int64_t)rand_below(&rand, 4) * GO_MILLISECOND);
    }
}

int main(void)
{
    pthread_t threads[ADDERS];
    go_waitgroup ready = { 0 }, ended = { 0 };
    uint64_t sum = 0;
    pack_ask();
    go_waitgroup_add(&ready, N);
    go_waitgroup_add(&ended, N);
    for (int i = 0; i < N; i++) {
        calls[i] = go_make(int, 0);
        go(parker, i, &sum, &ready, &ended);
    }
    go_waitgroup_wait(&ready);
    for (intptr_t i = 0; i < ADDERS; i++)
        CHECK_EQ(pthread_create(&threads[i], NULL, adder, (void *)i), 0);
    wake_for(test_scale(1500, 500) * GO_MILLISECOND);
    __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
    for (int i = 0; i < ADDERS; i++)
        CHECK_EQ(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < N; i++)
        go_close(calls[i]);
    go_waitgroup_wait(&ended);
    CHECK_EQ(sum, added);
    for (int i = 0; i < N; i++)
        go_drop(calls[i]);
    go_verify();
    struct pack_counts c = pack_counts();
    CHECK(c.unpacked > N);
    return 0;
}
