/* SPDX-License-Identifier: MIT */
/* Go, net.Dialer.LocalAddr: the peer sees the address that was asked for; only addresses
 * of its family are tried. */
#include "dial_support.h"

static void seen_as(int listener, const char *local, const char *address, const char *host)
{
    char peer[GO_ADDRESS_SIZE];
    int c = go_dial_from("tcp", local, address, GO_FOREVER);
    CHECK(c >= 0);
    int s = accept_one(listener);
    CHECK_EQ(go_remote_address(s, peer, sizeof peer), 0);
    CHECK(strncmp(peer, host, strlen(host)) == 0);
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(s), 0);
}

/* A port of one's own choice; unless another program was faster. */
static void this_port(const char *there)
{
    for (int i = 0; i < 10; i++) {
        int holder, port = closed_port(&holder);
        close(holder);
        int c = go_dial_from_ctx("tcp", with_port("127.0.0.1", port), there, NULL);
        if (c >= 0) {
            CHECK_EQ(port_of_socket(c), port);
            CHECK_EQ(go_close_fd(c), 0);
            return;
        }
        CHECK_EQ(c, -EADDRINUSE);
    }
    fprintf(stderr, "no port can be dialled from\n");
    exit(1);
}

int main(void)
{
    int l = go_listen("tcp", "127.0.0.1:0"), holder;
    CHECK(l >= 0);
    const char *there = with_port("127.0.0.1", port_of_socket(l));
    seen_as(l, "127.0.0.2:0", there, "127.0.0.2:");
    seen_as(l, "127.0.0.3:", there, "127.0.0.3:");
    seen_as(l, ":0", there, "127.0.0.1:");
    CHECK_EQ(go_dial_from("tcp", "192.0.2.1:0", there, GO_FOREVER), -EADDRNOTAVAIL);
    CHECK_EQ(go_dial_from("tcp", "[::1]:0", there, GO_FOREVER), GO_NET_NO_ADDRESS);
    int port = closed_port(&holder);
    CHECK_EQ(go_dial_from("tcp", with_port("127.0.0.1", port), there, GO_FOREVER), -EADDRINUSE);
    close(holder);
    this_port(there);
    int u = go_dial_from("udp", "127.0.0.2:0", there, GO_FOREVER);
    char mine[GO_ADDRESS_SIZE];
    CHECK_EQ(go_local_address(u, mine, sizeof mine), 0);
    CHECK(strncmp(mine, "127.0.0.2:", 10) == 0);
    CHECK_EQ(go_close_fd(u), 0);
    CHECK_EQ(go_close_fd(l), 0);
    return 0;
}
