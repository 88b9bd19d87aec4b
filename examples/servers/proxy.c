/* SPDX-License-Identifier: MIT */
/* proxy - pass every connection on to another address.
 *
 *   proxy ADDRESS UPSTREAM
 *
 * Two goroutines for each connection, one for each direction.  When one side has sent its
 * last byte, the other side is told so, and may still answer: that is how a request whose
 * end is the end of the stream gets through.  When a connection breaks, the other one is
 * broken, too: an orderly end would make what got through look complete. */
#include "serve.h"

#include <stdio.h>
#include <stdlib.h>

enum { BUFFER = 32 * 1024 };

static const char *upstream;

static void *new_buffer(void *arg)
{
    (void)arg;
    return malloc(BUFFER);
}

static go_pool buffers = { .make = new_buffer, .destroy = free };

/* The two descriptors of a connection.  Each direction reads one and writes the other, so
 * neither may close any. */
struct pair {
    int client, server;
    go_waitgroup back; /* the way from the server to the client */
};

/* How many bytes were passed on; 0 at the end of the stream, -1 if it is broken. */
static ssize_t pass_some(int from, int to)
{
    char *buffer = go_pool_get(&buffers);
    if (!buffer)
        return -1;
    ssize_t n = go_read(from, buffer, BUFFER);
    if (n > 0 && go_write(to, buffer, (size_t)n) != n)
        n = -1;
    go_pool_put(&buffers, buffer);
    return n;
}

static void pass_all(struct pair *p, int from, int to)
{
    ssize_t n = -1;
    while (go_wait_readable(from) == 0 && (n = pass_some(from, to)) > 0)
        n = -1;
    if (n == 0 && shutdown(to, SHUT_WR) == 0)
        return;
    break_off(p->client);
    break_off(p->server);
}

static void dial_upstream(go_chan(int) result)
{
    go_send(result, go_dial("tcp", upstream, go_now() + 5 * GO_SECOND));
    go_drop(result);
}

/* Dialling takes more stack than passing bytes on does, and a stack keeps the memory that it
 * has once needed.  So it has a goroutine of its own, with a stack of another size: only
 * those of one size are used again for each other. */
static int dial_apart(void)
{
    int fd;
    go_chan(int) result = go_make(int, 1);
    go_with(go_attr(.name = "dial", .stack = 1 << 20), dial_upstream, go_hold(result));
    go_recv(result, &fd);
    go_drop(result);
    return fd;
}

static void pass_through(int client, go_context *stop)
{
    (void)stop; /* connections go on for as long as the grace lasts */
    struct pair p = { .client = client, .server = dial_apart() };
    if (p.server < 0) {
        fprintf(stderr, "%s: %s\n", upstream, go_dial_error_text(p.server));
        return;
    }
    go_waitgroup_go(&p.back, pass_all, &p, p.server, p.client);
    pass_all(&p, p.client, p.server);
    go_waitgroup_wait(&p.back);
    go_close_fd(p.server);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s ADDRESS UPSTREAM\n", argv[0]);
        return 2;
    }
    upstream = argv[2];
    return serve(argv[1], pass_through, 5 * GO_SECOND);
}
