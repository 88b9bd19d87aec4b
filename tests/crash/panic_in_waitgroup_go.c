/* SPDX-License-Identifier: MIT */
/* Go 1.26, WaitGroup.Go: a panic does not count down, so that nobody who waits can end
 * the program before the panic is told. */
#include <goroutine.h>
#include <stdlib.h>

static void slow(void)
{
    go_sleep(20 * GO_MILLISECOND);
}

static void fail(void)
{
    go_defer(slow);
    go_panic("told");
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, fail);
    go_waitgroup_wait(&wg);
    exit(7);
}
