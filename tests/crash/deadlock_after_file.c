/* SPDX-License-Identifier: MIT */
/* Deadlock detection is precise about files: who waits for a disk will be back; when all
 * are, nobody can wake the others, whatever threads the kernel keeps for the next time. */
#include <fcntl.h>
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>
#include <stdlib.h>

static go_chan(int) turn;

static void sync_it(int fd)
{
    for (int i = 0; i < 5; i++)
        if (go_pwrite(fd, "x", 1, i) != 1 || go_fsync(fd) != 0)
            perror("file");
    go_recv(turn, NULL);
}

int main(void)
{
    char name[] = "deadlock_XXXXXX";
    int fd = mkstemp(name);
    turn = go_make(int, 0);
    remove(name);
    for (int i = 0; i < 50; i++)
        go(sync_it, fd);
    go_recv(turn, NULL);
    return 0;
}
