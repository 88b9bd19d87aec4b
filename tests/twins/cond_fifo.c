/* SPDX-License-Identifier: MIT */
/* Signal wakes who waits longest; broadcast wakes all who wait. */
#include <goroutine.h>
#include <stdio.h>

enum { WAITERS = 6 };

static go_mutex m;
static go_cond called;
static int waiting;

static void wait_called(int id, go_chan(int) woken)
{
    go_mutex_lock(&m);
    waiting++;
    go_cond_wait(&called, &m);
    go_mutex_unlock(&m);
    go_send(woken, id);
}

static void start(int id, go_chan(int) woken)
{
    int before = waiting;
    go(wait_called, id, woken);
    for (bool there = false; !there; go_yield()) {
        go_mutex_lock(&m);
        there = waiting == before + 1; /* it waits: the mutex is ours */
        go_mutex_unlock(&m);
    }
}

int main(void)
{
    go_chan(int) woken = go_make(int, 0);
    int id, sum = 0;
    for (int i = 0; i < WAITERS; i++)
        start(i, woken);
    for (int i = 0; i < 3; i++) {
        go_cond_signal(&called);
        go_recv(woken, &id);
        printf("signal woke %d\n", id);
    }
    go_cond_broadcast(&called);
    for (int i = 3; i < WAITERS; i++) {
        go_recv(woken, &id);
        sum += id;
    }
    printf("broadcast woke the rest, sum %d\n", sum);
    go_cond_signal(&called); /* nobody waits: nothing happens, now or later */
    start(9, woken);
    go_cond_signal(&called);
    go_recv(woken, &id);
    printf("signal woke %d\n", id);
    go_drop(woken);
}
