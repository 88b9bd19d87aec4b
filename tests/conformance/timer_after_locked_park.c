/* SPDX-License-Identifier: MIT */
/* A timer fires although the thread that slept until it went to sleep for a
 * goroutine that is locked to it, and nothing else happens in the program.
 *
 * Its P became idle without anybody left to wake for the timer. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

static bool asleep;

static void write_later(int fd)
{
    __atomic_store_n(&asleep, true, __ATOMIC_RELEASE);
    go_sleep(100 * GO_MILLISECOND);
    CHECK_EQ(write(fd, "x", 1), 1);
}

/* What a thread starts goes through the global queue, so to the other P: main's
 * is busy. */
static void *start_writer(void *arg)
{
    go(write_later, *(int *)arg);
    return NULL;
}

static void park_locked(go_chan(int) c)
{
    go_lock_thread();
    go_recv(c, NULL);
}

static void spin_for(int64_t d)
{
    for (int64_t end = go_now() + d; go_now() < end;)
        __asm__ volatile("");
}

static void attempt(const int fd[2], go_chan(int) c)
{
    int to = fd[1];
    char byte;
    pthread_t t;
    __atomic_store_n(&asleep, false, __ATOMIC_RELAXED);
    CHECK_EQ(pthread_create(&t, NULL, start_writer, &to), 0);
    while (!__atomic_load_n(&asleep, __ATOMIC_ACQUIRE))
        __asm__ volatile("");
    spin_for(20 * GO_MILLISECOND); /* by then the writer's thread sleeps until its timer */

    go(park_locked, c); /* behind main, which blocks: that thread is given this P */
    alarm(20);          /* if the timer is lost */
    CHECK_EQ(read(fd[0], &byte, 1), 1);
    alarm(0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    go_send(c, 1);
    while (go_count() > 1)
        go_yield();
}

int main(void)
{
    int fd[2];
    go_chan(int) c = go_make(int, 0);
    go_maxprocs(2);
    CHECK_EQ(pipe(fd), 0);
    for (int i = 0, n = test_scale(15, 5); i < n; i++)
        attempt(fd, c);
    go_drop(c);
}
