/* SPDX-License-Identifier: MIT */
/* Who waits first is signalled first. */
#include <goroutine.h>
#include <stdio.h>

enum { WAITERS = 6 };

static go_mutex mu;
static go_cond cond;
static int waiting; /* mu */

static void wait_for_it(int id, go_chan(int) woken)
{
    go_mutex_lock(&mu);
    waiting++;
    go_cond_wait(&cond, &mu);
    go_mutex_unlock(&mu);
    go_send(woken, id);
}

/* until_waiting returns with the mutex locked and n in the wait. */
static void until_waiting(int n)
{
    for (;;) {
        go_mutex_lock(&mu);
        if (waiting == n)
            return;
        go_mutex_unlock(&mu);
        go_yield();
    }
}

int main(void)
{
    go_chan(int) woken = go_make(int, 0);
    for (int id = 1; id <= WAITERS; id++) {
        go(wait_for_it, id * 11, woken);
        until_waiting(id);
        go_mutex_unlock(&mu);
    }
    go_cond_signal(&cond);
    for (int i = 0; i < WAITERS; i++) {
        int id;
        go_recv(woken, &id);
        printf("woken %d\n", id);
        go_cond_signal(&cond); /* the last one reaches nobody */
    }
    go_drop(woken);
}
