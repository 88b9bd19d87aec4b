/* SPDX-License-Identifier: MIT */
/* echo - a server that sends back what it gets.
 *
 *   echo [ADDRESS]
 *
 * Most connections of a server wait.  Such a one should hold nothing: the buffer is taken
 * from a pool when there is something to read, and goes back before the next wait. */
#include "serve.h"

#include <stdlib.h>

enum { BUFFER = 16 * 1024 };

static void *new_buffer(void *arg)
{
    (void)arg;
    return malloc(BUFFER);
}

static go_pool buffers = { .make = new_buffer, .destroy = free };

/* False: the peer has closed its side, or the connection is broken. */
static bool echo_once(int fd)
{
    char *buffer = go_pool_get(&buffers);
    if (!buffer)
        return false;
    ssize_t n = go_read(fd, buffer, BUFFER);
    bool ok = n > 0 && go_write(fd, buffer, (size_t)n) == n;
    go_pool_put(&buffers, buffer);
    return ok;
}

static void echo(int fd, go_context *stop)
{
    while (serve_wait(fd, stop) && echo_once(fd))
        ;
}

int main(int argc, char **argv)
{
    return serve(argc > 1 ? argv[1] : "127.0.0.1:7007", echo, GO_SECOND);
}
