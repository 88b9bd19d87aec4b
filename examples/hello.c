/* SPDX-License-Identifier: MIT */
/* hello - a goroutine says hello, and main waits for it. */
#include <goroutine.h>
#include <stdio.h>

static void hello(const char *whom, go_chan(bool) done)
{
    printf("hello, %s\n", whom);
    go_send(done, true);
}

int main(void)
{
    go_chan(bool) done = go_make(bool, 0);
    go(hello, "world", done);
    go_recv(done, NULL);
    go_drop(done);
}
