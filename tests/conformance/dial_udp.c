/* SPDX-License-Identifier: MIT */
/* Go, net.ListenPacket, net.Dial("udp"): a bound socket that hears everybody, a connected
 * one that hears its peer alone. */
#include "dial_support.h"

static void talk(const char *network, const char *at, const char *host)
{
    char from[GO_ADDRESS_SIZE], mine[GO_ADDRESS_SIZE], data[8];
    struct sockaddr_storage a;
    socklen_t len = sizeof a;
    int l = go_listen(network, at);
    CHECK(l >= 0);
    int c = go_dial(network, with_port(host, port_of_socket(l)), GO_FOREVER);
    CHECK(c >= 0);
    CHECK_EQ(go_write(c, "ask", 3), 3);
    CHECK_EQ(go_recvfrom(l, data, sizeof data, 0, (struct sockaddr *)&a, &len), 3);
    CHECK_EQ(go_address_text(&a, len, from, sizeof from), 0);
    CHECK_EQ(go_local_address(c, mine, sizeof mine), 0);
    CHECK(strcmp(from, mine) == 0);
    int stranger = go_dial(network, mine, GO_FOREVER);
    CHECK(stranger >= 0);
    CHECK_EQ(go_write(stranger, "?", 1), 1); /* is not heard */
    CHECK_EQ(go_sendto(l, "tell", 4, 0, (struct sockaddr *)&a, len), 4);
    CHECK_EQ(go_read(c, data, sizeof data), 4);
    CHECK_EQ(data[0], 't');
    CHECK_EQ(go_close_fd(stranger), 0);
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(l), 0);
}

int main(void)
{
    talk("udp", "127.0.0.1:0", "127.0.0.1");
    talk("udp4", ":0", "localhost");
    talk("udp", ":0", "127.0.0.1");
    talk("udp", ":0", "");
    if (have_ipv6()) {
        talk("udp6", ":0", "");
        talk("udp", "[::1]:0", "[::1]");
    }
    return 0;
}
