/* SPDX-License-Identifier: MIT */
#include <goroutine.h>
#include <goroutine/tls.h>
#include <stdio.h>
#include <stdlib.h>

static void hello(go_chan(int) done)
{
    char *cert, *key;
    go_tls_config *config;
    int err = go_tls_self_signed(&cert, &key, "world");
    if (err == 0)
        err = go_tls_config_new(&config, &(go_tls_options){ .ca_pem = cert });
    if (err == 0) {
        puts("hello, world");
        go_tls_config_drop(config);
        free(cert);
        free(key);
    }
    go_send(done, err);
}

int main(void)
{
    go_chan(int) done = go_make(int, 0);
    int err = -1;
    go(hello, done);
    go_recv(done, &err);
    go_drop(done);
    return err != 0;
}
