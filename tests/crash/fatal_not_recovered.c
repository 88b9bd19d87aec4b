/* SPDX-License-Identifier: MIT */
/* Go: a fatal error is no panic: it runs no deferred calls and cannot be recovered. */
#include <goroutine.h>
#include <stdlib.h>

static go_mutex m;

static void unlock(void)
{
    go_defer(exit, 7);
    go_mutex_unlock(&m);
}

int main(void)
{
    go_defer(exit, 8);
    go_recover(NULL, unlock);
    return 9;
}
