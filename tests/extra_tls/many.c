/* SPDX-License-Identifier: MIT */
/* A hundred connections at once, each on default stacks, each with a megabyte echoed. */
#include "tls_test.h"

static const go_tls_config *client_config, *server_config;
static int size;

static void echo(int fd)
{
    go_tls *t;
    char buf[16384];
    ssize_t r;
    CHECK_OK(go_tls_server(&t, fd, server_config, later()));
    while ((r = go_tls_read_until(t, buf, sizeof(buf), later())) > 0)
        CHECK_OK(go_tls_write_until(t, buf, (size_t)r, later()));
    CHECK_OK(r);
    go_tls_drop(t);
}

static void serve(int l, int n)
{
    for (int i = 0; i < n; i++) {
        int fd = go_accept_until(l, NULL, NULL, later());
        CHECK(fd >= 0);
        go(echo, fd);
    }
}

static void write_it(go_tls *t, const char *data)
{
    CHECK_OK(go_tls_write_until(t, data, (size_t)size, later()));
    CHECK_OK(go_tls_close_write(t));
}

static void dial(const char *address, int number)
{
    go_tls *t;
    char *data = malloc((size_t)size), *back = malloc((size_t)size), end;
    go_waitgroup wg = { 0 };
    for (int i = 0; i < size; i++)
        data[i] = (char)(i * 31 + i / 1000 + number);
    CHECK_OK(go_tls_dial(&t, "tcp", address, client_config, later()));
    go_waitgroup_go(&wg, write_it, t, data);
    read_all(t, back, (size_t)size);
    CHECK_EQ(go_tls_read_until(t, &end, 1, later()), 0);
    CHECK_EQ(memcmp(data, back, (size_t)size), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_tls_close(t), 0);
    go_tls_drop(t);
    free(data);
    free(back);
}

int main(void)
{
    int n = test_scale(100, 20), l = go_listen("tcp", "127.0.0.1:0");
    char address[64];
    go_waitgroup wg = { 0 };
    size = test_scale(1 << 20, 1 << 17);
    CHECK(l >= 0);
    snprintf(address, sizeof(address), "127.0.0.1:%d", port_of(l));
    client_config = config_for(NULL, NULL);
    server_config = config_for("server", NULL);
    go_waitgroup_go(&wg, serve, l, n);
    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, dial, address, i);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_close_fd(l), 0);
    while (go_count() > 1)
        go_yield(); /* the last servers see the end */
    go_tls_config_drop(client_config);
    go_tls_config_drop(server_config);
}
