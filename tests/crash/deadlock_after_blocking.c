/* SPDX-License-Identifier: MIT */
/* Deadlock detection is precise about blocking calls: who is in one may still
 * wake the others; when he has ended nobody can. */
#include <goroutine.h>
#include <stdio.h>
#include <unistd.h>

static void blocker(void)
{
    usleep(200 * 1000);
    fprintf(stderr, "the blocker is back\n");
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(blocker);
    go_recv(c, NULL);
    return 0;
}
