/* SPDX-License-Identifier: MIT */
/* Go: a WaitGroup is counted up again before its Wait has returned. */
#include <goroutine.h>

static void wait_for_it(go_waitgroup *wg)
{
    go_waitgroup_wait(wg);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    static go_waitgroup wg;
    go_maxprocs(1); /* nobody runs between done and add */
    for (;;) {
        go_waitgroup_add(&wg, 1);
        go(wait_for_it, &wg);
        go_yield();
        go_sleep(GO_MILLISECOND);
        go_waitgroup_done(&wg);
        go_waitgroup_add(&wg, 1);
        go_yield();
        go_waitgroup_done(&wg); /* it was held up: another try */
        go_yield();
    }
}
