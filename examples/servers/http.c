/* SPDX-License-Identifier: MIT */
/* http - a server for HTTP/1.1.
 *
 *   http [ADDRESS [MILLISECONDS]]      what a client may take for each step, to try it
 *
 *   GET  /                       a greeting
 *   POST /echo                   the body comes back, while it is still being sent
 *   GET  /count?n=N              the numbers to N, in chunks
 *   GET  /sleep?ms=N             an answer that takes its time */
#include "http_server.h"
#include "serve.h"

#include <stdio.h>
#include <stdlib.h>

/* The answer begins with the first piece of the body, so that a body that does not come,
 * or is too long, can still be refused. */
static void echo(http_exchange *x)
{
    char piece[1024];
    ssize_t n = http_read(x, piece, sizeof piece);
    if (n < 0)
        return;
    http_begin(x, 200, "application/octet-stream", -1);
    while (n > 0 && http_write(x, piece, (size_t)n))
        n = http_read(x, piece, sizeof piece);
}

static void count(http_exchange *x)
{
    long n = http_query(x, "n", 10);
    http_begin(x, 200, "text/plain", -1);
    for (long i = 1; i <= n; i++) {
        char line[32];
        int len = snprintf(line, sizeof line, "%ld\n", i);
        if (!http_write(x, line, (size_t)len))
            return;
    }
}

static void nap(http_exchange *x)
{
    go_sleep(http_query(x, "ms", 100) * GO_MILLISECOND);
    http_answer(x, 200, "text/plain", "Good morning\n");
}

static void handle(http_exchange *x)
{
    if (http_is(x, "GET", "/"))
        http_answer(x, 200, "text/plain", "Hello, world!\n");
    else if (http_is(x, "POST", "/echo"))
        echo(x);
    else if (http_is(x, "GET", "/count"))
        count(x);
    else if (http_is(x, "GET", "/sleep"))
        nap(x);
    else
        http_error(x, 404);
}

static struct http_patience patience;

static void answer(int fd, go_context *stop)
{
    http_serve(fd, stop, &patience, handle);
}

int main(int argc, char **argv)
{
    patience = http_patience;
    if (argc > 2) {
        int64_t t = atol(argv[2]) * GO_MILLISECOND;
        patience = (struct http_patience){ .idle = t, .header = t, .body = t, .write = t };
    }
    return serve(argc > 1 ? argv[1] : "127.0.0.1:8080", answer, 10 * GO_SECOND);
}
