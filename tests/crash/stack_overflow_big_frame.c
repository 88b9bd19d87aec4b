/* SPDX-License-Identifier: MIT */
/* Stacks: a frame larger than a page does not jump over the guard. */
#include <goroutine.h>

static __attribute__((noinline)) int descend(int depth)
{
    volatile char frame[9000]; /* only its far end is touched */
    frame[0] = (char)depth;
    return depth < 0 ? 0 : descend(depth + 1) + frame[0];
}

static void neighbour(void)
{
    go_sleep(10 * GO_SECOND);
}

static void too_deep(void)
{
    volatile int sum = descend(0);
    (void)sum;
}

int main(void)
{
    /* Neighbours on both sides, whose stacks must not be what is hit. */
    go_chan(int) c = go_make(int, 0);
    for (int i = 0; i < 8; i++) {
        if (i == 4)
            go_with(go_attr(.name = "digger"), too_deep);
        else
            go(neighbour);
    }
    go_recv(c, NULL);
    return 0;
}
