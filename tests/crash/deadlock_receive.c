/* SPDX-License-Identifier: MIT */
/* Go: everybody waits for everybody: reported at once, with all of them. */
#include <goroutine.h>

static __attribute__((noinline)) void wait_for_main(go_chan(int) c)
{
    int v;
    go_recv(c, &v);
}

int main(void)
{
    go_chan(int) a = go_make(int, 0);
    go_chan(int) b = go_make(int, 0);
    int v;
    go(wait_for_main, a);
    go_recv(b, &v);
    return 0;
}
