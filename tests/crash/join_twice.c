/* SPDX-License-Identifier: MIT */
/* join.h: one at a time may wait for a handle. */
#include "waits.h"

#include <goroutine.h>

static void body(void)
{
    go_sleep(10 * GO_SECOND);
}

static void join(go_handle *h)
{
    go_join(h);
}

int main(void)
{
    go_handle *h = go_start(body);
    go(join, h);
    until_shown("[goroutine join]");
    go_detach(h);
}
