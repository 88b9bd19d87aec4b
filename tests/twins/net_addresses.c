/* SPDX-License-Identifier: MIT */
/* What is no address, and why. */
#include <goroutine.h>
#include <goroutine/net.h>
#include <stdio.h>

static void dial(const char *network, const char *address)
{
    int fd = go_dial(network, address, GO_FOREVER);
    if (fd >= 0)
        go_close_fd(fd);
    printf("%s %s: %s\n", network, address, fd < 0 ? go_dial_error_text(fd) : "ok");
}

int main(void)
{
    static const char *const addresses[] = {
        "127.0.0.1:9",
        "[::ffff:127.0.0.1]:9",
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::1]9",
        "::1",
        "::1:9",
        "a:b:c",
        "[::1]:9:9",
        "127.0.0.1:65536",
        "1:-1",
        "127.0.0.1:nonesuch-service",
        ":9",
        "0.0.0.0:9",
    };
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++)
        dial("udp", addresses[i]);
    dial("udp6", "127.0.0.1:9");
    dial("tcp4", "[::1]:9");
    dial("tcp5", "127.0.0.1:9");
    dial("TCP", "127.0.0.1:9");
}
