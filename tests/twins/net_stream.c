/* SPDX-License-Identifier: MIT */
/* A server of a few clients: many buffers in one write, a file sent, half a connection
 * closed; then the listener closed under who accepts. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>

enum { CLIENTS = 3 };

static void serve(int s, FILE *f)
{
    char name[64];
    size_t n = 0;
    ssize_t r;
    while (n < sizeof name - 1 && (r = go_read(s, name + n, sizeof name - 1 - n)) > 0)
        n += (size_t)r;
    struct iovec hello[] = { { "hello ", 6 }, { name, n }, { ", ", 2 } };
    off_t at = 4;
    go_writev(s, hello, 3);
    go_sendfile(s, fileno(f), &at, 100);
    go_close_fd(s);
}

static void accept_all(int l, FILE *f, go_chan(int) done)
{
    int s, n = 0;
    while ((s = go_accept(l, NULL, NULL)) >= 0) {
        go(serve, s, f);
        n++;
    }
    printf("closed: %s\n", errno == EBADF ? "true" : "false");
    go_send(done, n);
}

static void call(const char *address, int i, go_chan(int) done)
{
    char text[100], name[16];
    size_t n = 0;
    ssize_t r;
    int c = go_dial("tcp", address, GO_FOREVER);
    int len = snprintf(name, sizeof name, "client %d", i);
    go_write(c, name, (size_t)len);
    shutdown(c, SHUT_WR);
    while (n < sizeof text && (r = go_read(c, text + n, sizeof text - n)) > 0)
        n += (size_t)r;
    printf("%.*s", (int)n, text);
    go_close_fd(c);
    go_send(done, i);
}

int main(void)
{
    char address[GO_ADDRESS_SIZE];
    FILE *f = tmpfile();
    int l = go_listen("tcp", "127.0.0.1:0"), n;
    if (!f || go_local_address(l, address, sizeof address))
        return 1;
    fputs("not this but this\n", f);
    fflush(f);
    go_chan(int) accepted = go_make(int, 0), done = go_make(int, 0);
    go(accept_all, l, f, accepted);
    for (int i = 1; i <= CLIENTS; i++) {
        go(call, (const char *)address, i, done);
        go_recv(done, &n);
    }
    go_close_fd(l);
    go_recv(accepted, &n);
    printf("%d\n", n);
    go_drop(accepted);
    go_drop(done);
}
