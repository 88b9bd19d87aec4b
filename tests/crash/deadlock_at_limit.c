/* SPDX-License-Identifier: MIT */
/* A limit on goroutines does not hide a deadlock: they go beyond it until nobody waits
 * to start another. */
#include <goroutine.h>

static go_mutex m;

static void spread(int depth)
{
    if (depth > 0) {
        go(spread, depth - 1);
        go(spread, depth - 1);
    }
    go_mutex_lock(&m);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    go_set_limit(3);
    go_mutex_lock(&m);
    go(spread, 4);
    go_mutex_lock(&m);
    return 0;
}
