/* SPDX-License-Identifier: MIT */
/* A deadlock of thousands: reported after all of them came to rest on several
 * Ps, with stealing and timers on the way. */
#include <goroutine.h>

static go_mutex m;

static void come_to_rest(int i)
{
    go_sleep(i % 10 * GO_MILLISECOND);
    go_yield();
    go_mutex_lock(&m);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    go_maxprocs(4);
    go_mutex_lock(&m);
    for (int i = 0; i < 2000; i++)
        go(come_to_rest, i);
    go_mutex_lock(&m);
    return 0;
}
