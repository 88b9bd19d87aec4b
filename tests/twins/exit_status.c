/* SPDX-License-Identifier: MIT */
/* Exit ends the program with a status of its own, from any goroutine, whatever the
 * others do. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

static void leave(go_chan(int) status)
{
    int s;
    go_recv(status, &s);
    printf("leaving with %d\n", s);
    exit(s);
}

int main(void)
{
    go_chan(int) status = go_make(int, 0), never = go_make(int, 0);
    go(leave, status);
    go_send(status, 3);
    go_recv(never, NULL);
    printf("never printed\n");
}
