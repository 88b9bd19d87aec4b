/* SPDX-License-Identifier: MIT */
/* expect: go_signal_notify: not a go_chan.int. */
#include <goroutine.h>
#include <goroutine/net.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 1);
    go_signal_notify(c, SIGINT, SIGTERM);
    go_signal_stop(c);
#ifndef GOOD
    go_chan(long) d = go_make(long, 1);
    go_signal_notify(d, SIGINT);
#endif
}
