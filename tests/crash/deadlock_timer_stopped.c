/* SPDX-License-Identifier: MIT */
/* Waiting for a timer that has been stopped is a deadlock, and at once. */
#include <goroutine.h>

int main(void)
{
    go_timer *t = go_timer_new(GO_HOUR);
    if (go_recv_until(go_timer_chan(t), NULL, go_now() + GO_MILLISECOND) == 0)
        return 1;
    go_timer_stop(t);
    go_recv(go_timer_chan(t), NULL);
    return 1;
}
