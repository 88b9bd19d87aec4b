/* SPDX-License-Identifier: MIT */
/* Go: also a send that does not wait panics on a closed channel. */
#include <goroutine.h>

int main(void)
{
    go_chan(int) c = go_make(int, 1);
    go_close(c);
    return go_try_send(c, 1) == 0;
}
