/* SPDX-License-Identifier: MIT */
/* Work is done in any order and comes out in the order in which it went in: a queue
 * of futures. */
#include <goroutine.h>
#include <stdio.h>

enum { ITEMS = 20, AHEAD = 4 };

typedef go_chan(int) future;

static int32_t running, most;

static void work(int n, future result)
{
    int32_t now = go_atomic_add(&running, 1), old = go_atomic_load(&most);
    while (now > old && !go_atomic_compare_and_swap(&most, old, now))
        old = go_atomic_load(&most);
    for (int i = 0; i < n * 7 % 5; i++)
        go_yield(); /* some take longer */
    go_atomic_add(&running, -1);
    go_send(result, n * n * n);
    go_drop(result);
}

static void dispatch(go_chan(future) queue)
{
    for (int n = 1; n <= ITEMS; n++) {
        future f = go_make(int, 1);
        go_send(queue, go_hold(f)); /* waits when too far ahead */
        go(work, n, f);
    }
    go_close(queue);
}

int main(void)
{
    go_chan(future) queue = go_make(future, AHEAD);
    go(dispatch, queue);
    go_range (f, queue) {
        int v;
        go_recv(f, &v);
        printf("%d\n", v);
        go_drop(f);
    }
    printf("never too many: %s\n", go_atomic_load(&most) <= AHEAD + 2 ? "true" : "false");
    go_drop(queue);
}
