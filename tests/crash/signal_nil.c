/* SPDX-License-Identifier: MIT */
/* Like Go's signal.Notify(nil). */
#include <goroutine.h>
#include <goroutine/net.h>

int main(void)
{
    go_chan(int) c = NULL;
    go_signal_notify(c, SIGINT);
    return 0;
}
