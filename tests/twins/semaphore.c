/* SPDX-License-Identifier: MIT */
/* A buffered channel as a counting semaphore: its capacity is the limit. */
#include <goroutine.h>
#include <stdio.h>

enum { LIMIT = 3 };

static int32_t running, total;
static bool over_limit;

static void work(go_chan(char) slots)
{
    go_send(slots, 1);
    if (go_atomic_add(&running, 1) > LIMIT)
        go_atomic_store(&over_limit, true);
    go_yield(); /* give the others a chance to break the limit */
    go_atomic_add(&total, 1);
    go_atomic_add(&running, -1);
    go_recv(slots, NULL);
}

int main(void)
{
    go_chan(char) slots = go_make(char, LIMIT);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 50; i++)
        go_waitgroup_go(&wg, work, slots);
    go_waitgroup_wait(&wg);

    printf("finished %d\n", go_atomic_load(&total));
    printf("ever over the limit: %s\n", go_atomic_load(&over_limit) ? "true" : "false");
    printf("slots in use %zu\n", go_len(slots));
    go_drop(slots);
}
