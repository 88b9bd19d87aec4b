/* SPDX-License-Identifier: MIT */
/* Deadlock detection is precise about timers: while one is armed nothing is
 * reported, when the last has fired it is. */
#include <goroutine.h>
#include <stdio.h>

static void sleeper(void)
{
    go_sleep(100 * GO_MILLISECOND);
    fprintf(stderr, "the sleeper has slept\n");
}

int main(void)
{
    go_mutex m = { 0 };
    go_mutex_lock(&m);
    go(sleeper);
    go_mutex_lock(&m);
    return 0;
}
