/* SPDX-License-Identifier: MIT */
/* join.h: a goroutine that panics does not end, the program does: no join returns. */
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
    go_join(go_start(fail));
    exit(7);
}
