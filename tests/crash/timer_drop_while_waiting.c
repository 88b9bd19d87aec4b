/* SPDX-License-Identifier: MIT */
/* Dropping a timer that a goroutine waits for, without a hold of its own. */
#include "waits.h"

#include <goroutine.h>
#include <stdio.h>

static void wait(go_chan(int64_t) c)
{
    go_recv(c, NULL);
}

int main(void)
{
    go_timer *t = go_timer_new(GO_HOUR);
    go(wait, go_timer_chan(t));
    until_shown("[chan receive]");
    go_timer_drop(t);
    fprintf(stderr, "went on\n");
}
