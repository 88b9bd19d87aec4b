/* SPDX-License-Identifier: MIT */
/* semaphore - a buffered channel as a limit: at most three at once. */
#include <goroutine.h>
#include <stdio.h>

enum { LIMIT = 3, CALLERS = 12 };

static int inside, most;

static void call(go_chan(int) slots)
{
    go_send(slots, 0); /* takes a slot, or waits for one */
    int n = go_atomic_add(&inside, 1);
    if (n > go_atomic_load(&most))
        go_atomic_store(&most, n);
    go_sleep(2 * GO_MILLISECOND);
    go_atomic_add(&inside, -1);
    go_recv(slots, NULL); /* gives it back */
}

int main(void)
{
    go_chan(int) slots = go_make(int, LIMIT);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < CALLERS; i++)
        go_waitgroup_go(&wg, call, slots);
    go_waitgroup_wait(&wg);
    printf("%d callers, at most %d at once\n", CALLERS, most);
    go_drop(slots);
    return most > LIMIT;
}
