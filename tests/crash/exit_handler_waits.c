/* SPDX-License-Identifier: MIT */
/* An exit handler from before the runtime started runs after it has stopped the
 * goroutines: one that waits there is told so.  One from later may still wait.
 *
 * The early one once waited for ever. */
#include <goroutine.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_early(void)
{
    go_sleep(GO_MILLISECOND);
    (void)!write(2, "early handler waited\n", 21);
}

static void wait_late(void)
{
    go_sleep(GO_MILLISECOND);
    (void)!write(2, "late handler waited\n", 20);
}

int main(void)
{
    atexit(wait_early);
    go_sleep(GO_MILLISECOND);
    atexit(wait_late);
    return 0;
}
