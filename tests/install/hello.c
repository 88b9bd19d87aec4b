/* SPDX-License-Identifier: MIT */
#include <goroutine.h>
#include <stdio.h>

static void hello(const char *who, go_chan(int) done)
{
    printf("hello, %s\n", who);
    go_send(done, 42);
}

int main(void)
{
    go_chan(int) done = go_make(int, 0);
    int answer = 0;
    go(hello, "world", done);
    go_recv(done, &answer);
    go_drop(done);
    return answer != 42;
}
