/* SPDX-License-Identifier: MIT */
/* A channel whose last holder goes while somebody waits on it: a use after free
 * in the making, found. */
#include "waits.h"

#include <goroutine.h>

static void receiver(go_chan(int) c)
{
    go_recv(c, NULL);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(receiver, c);
    until_shown("[chan receive]");
    go_drop(c);
    go_sleep(10 * GO_SECOND);
    return 0;
}
