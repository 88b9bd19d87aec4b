/* SPDX-License-Identifier: MIT */
/* A program that closes all descriptors, also that of the poller: it is told, and does not
 * go on with a thread that turns in circles. */
#include <goroutine.h>
#include <goroutine/fd.h>
#include <unistd.h>

enum { MANY = 64, WAITS = 5000 };

static void waits(int fd)
{
    if (go_wait_readable(fd))
        return;
}

int main(void)
{
    int p[2];
    if (go_pipe(p))
        return 1;
    go(waits, p[0]);
    go_sleep(GO_MILLISECOND);
    for (int fd = 3; fd < MANY; fd++)
        close(fd);
    for (int i = 0; i < WAITS; i++)
        go_sleep(GO_MILLISECOND);
    return 1;
}
