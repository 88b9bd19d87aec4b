/* SPDX-License-Identifier: MIT */
/* Listening, dialling, and what both ends say of themselves. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>
#include <string.h>

static char text[GO_ADDRESS_SIZE], other[GO_ADDRESS_SIZE];

static const char *host_of(char *address)
{
    *strrchr(address, ':') = '\0';
    return address;
}

static const char *yes(bool b)
{
    return b ? "true" : "false";
}

static void meet(int l, const char *address, const char *local)
{
    int c = local ? go_dial_from("tcp", local, address, GO_FOREVER)
                  : go_dial("tcp", address, GO_FOREVER);
    int s = go_accept(l, NULL, NULL);
    if (go_local_address(c, text, sizeof text) || go_remote_address(s, other, sizeof other))
        puts("no address");
    printf("same: %s\n", yes(strcmp(text, other) == 0));
    printf("from %s\n", host_of(text));
    go_close_fd(c);
    go_close_fd(s);
}

static void resolve(const char *network, const char *address)
{
    struct sockaddr_storage a[4];
    int n = go_resolve(network, address, a, 4, GO_FOREVER);
    if (n < 1 || go_address_text(a, sizeof a[0], text, sizeof text))
        printf("%s: %s\n", address, go_dial_error_text(n));
    else
        printf("%s is %s\n", address, text);
}

static void ended(const char *address)
{
    struct sockaddr_storage a;
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_cancel(ctx);
    printf("cancelled: %s\n", yes(go_dial_ctx("tcp", address, ctx) == -ECANCELED));
    printf("cancelled: %s\n", yes(go_dial_from_ctx("tcp", ":0", address, ctx) == -ECANCELED));
    printf("late: %s\n", yes(go_dial("tcp", address, go_now() - 1) == -ETIMEDOUT));
    printf("a number all the same: %s\n", yes(go_resolve_ctx("ip", "127.0.0.1", &a, 1, ctx) == 1));
    go_context_drop(ctx);
}

int main(void)
{
    char address[GO_ADDRESS_SIZE];
    int l = go_listen("tcp", "127.0.0.1:0");
    if (go_local_address(l, address, sizeof address))
        return 1;
    strcpy(other, address);
    printf("listening on %s\n", host_of(other));
    meet(l, address, NULL);
    meet(l, address, "127.0.0.2:0");
    ended(address);
    printf("in use: %s\n", yes(go_listen_ctx("tcp", address, NULL) == -EADDRINUSE));
    go_close_fd(l);
    int err = go_dial("unix", "@go-twin-nobody", GO_FOREVER);
    printf("refused: %s\n", yes(err == -ECONNREFUSED));
    err = go_listen_until("unix", "/go-twin/none/such", GO_FOREVER);
    printf("no folder: %s\n", yes(err == -ENOENT));
    resolve("tcp4", "127.0.0.1:80");
    resolve("tcp6", "[::1]:443");
    resolve("tcp4", "localhost:8080");
    l = go_listen("unix", "@go-twin-net-dial");
    if (go_local_address(l, text, sizeof text))
        return 1;
    puts(text);
    go_close_fd(l);
}
