/* SPDX-License-Identifier: MIT */
/* A tree of goroutines: each adds its children to the one group before it is done,
 * so the wait lasts until the last leaf. */
#include <goroutine.h>
#include <stdio.h>

static go_waitgroup wg;
static go_int32 nodes, leaves;
static go_int64 labels;

static void grow(int64_t label, int depth)
{
    go_int32_add(&nodes, 1);
    go_int64_add(&labels, label);
    if (depth == 0) {
        go_int32_add(&leaves, 1);
        return;
    }
    for (int child = 0; child < 3; child++)
        go_waitgroup_go(&wg, grow, label * 3 + child, depth - 1);
}

int main(void)
{
    for (int depth = 0; depth <= 6; depth += 2) {
        go_int32_store(&nodes, 0);
        go_int32_store(&leaves, 0);
        go_int64_store(&labels, 0);
        go_waitgroup_go(&wg, grow, 1, depth);
        go_waitgroup_wait(&wg);
        printf("depth %d: nodes %d leaves %d labels %lld\n", depth, go_int32_load(&nodes),
               go_int32_load(&leaves), (long long)go_int64_load(&labels));
    }
}
