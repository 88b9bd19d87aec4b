/* SPDX-License-Identifier: MIT */
/* Go: main has called Goexit and the one that is left waits for ever. */
#include <goroutine.h>

static void wait_on_nothing(go_chan(int) c)
{
    go_send(c, 1);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(wait_on_nothing, c);
    go_exit();
}
