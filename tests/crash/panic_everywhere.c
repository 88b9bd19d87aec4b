/* SPDX-License-Identifier: MIT */
/* Many goroutines panic at once on several threads: one speaks, whole. */
#include <goroutine.h>

static void fail(int me)
{
    go_panic("number %d", me);
}

int main(void)
{
    go_maxprocs(4);
    for (int i = 0; i < 100; i++)
        go(fail, i);
    go_sleep(10 * GO_SECOND);
    return 0;
}
