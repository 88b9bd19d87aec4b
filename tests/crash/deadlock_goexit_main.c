/* SPDX-License-Identifier: MIT */
/* Go: main has called Goexit and the others have ended. */
#include <goroutine.h>

static void finish(void)
{
    go_sleep(5 * GO_MILLISECOND);
}

int main(void)
{
    go(finish);
    go_exit();
}
