/* SPDX-License-Identifier: MIT */
/* A group with a limit: never more at a time, and all get their turn. */
#include <goroutine.h>
#include <stdio.h>

static int32_t running, total;
static bool over;

static int work(int limit)
{
    if (go_atomic_add(&running, 1) > limit)
        go_atomic_store(&over, true);
    go_yield();
    go_atomic_add(&total, 1);
    go_atomic_add(&running, -1);
    return 0;
}

static int collect(go_chan(int) order, int v)
{
    go_send(order, v);
    return 0;
}

int main(void)
{
    for (int limit = 1; limit <= 16; limit *= 4) {
        go_group *g = go_group_new(NULL);
        go_group_set_limit(g, limit);
        for (int i = 0; i < 100; i++)
            go_group_go(g, work, limit);
        go_group_wait(g);
        printf("limit %d: total %d, over %s\n", limit, go_atomic_load(&total),
               go_atomic_load(&over) ? "true" : "false");
    }
    /* One at a time: in order. */
    go_chan(int) order = go_make(int, 10);
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, 1);
    for (int i = 0; i < 10; i++)
        go_group_go(g, collect, order, i);
    go_group_wait(g);
    go_close(order);
    go_range (v, order)
        printf("%d\n", v);
    go_drop(order);
}
