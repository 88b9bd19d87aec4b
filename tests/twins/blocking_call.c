/* SPDX-License-Identifier: MIT */
/* A call that blocks its thread does not stop the others: on one processor, one
 * goroutine waits in the kernel for what another one writes. */
#include <goroutine.h>
#include <stdio.h>
#include <unistd.h>

static void read_byte(int fd, char *c)
{
    if (read(fd, c, 1) != 1)
        *c = '?';
}

static void reader(int fd, go_chan(char) out)
{
    char c;
    do {
        go_block(read_byte, fd, &c);
        go_send(out, c);
    } while (c != '.' && c != '?');
    go_close(out);
}

int main(void)
{
    go_maxprocs(1);
    int fds[2];
    if (pipe(fds))
        return 1;
    go_chan(char) out = go_make(char, 0);
    go(reader, fds[0], out);
    for (const char *s = "Go on."; *s; s++) {
        go_yield(); /* the reader waits by now, or will */
        if (write(fds[1], s, 1) != 1)
            return 1;
        char c;
        go_recv(out, &c);
        printf("%c", c);
    }
    printf("\n");
    go_recv(out, NULL);
    go_drop(out);
}
