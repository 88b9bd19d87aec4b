/* SPDX-License-Identifier: MIT */
/* TCP connects a socket to itself if the kernel gives it the very port that it dials, as
 * happens on a port of its own range that nobody listens on: nobody has answered then. */
#include "dial_support.h"

int main(void)
{
    own_machine();
    file_write("/proc/sys/net/ipv4/ip_local_port_range", "40000 40001");
    int n = 0, s;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(40000) };
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_EQ(connect(s, (struct sockaddr *)&a, sizeof a), 0); /* this is what it is about */
    struct linger now = { 1, 0 };                             /* leave the port at once */
    CHECK_EQ(setsockopt(s, SOL_SOCKET, SO_LINGER, &now, sizeof now), 0);
    close(s);
    for (int i = 0; i < 20; i++) {
        int err = go_dial("tcp", i % 2 ? "127.0.0.1:40000" : "127.0.0.1:40001", GO_FOREVER);
        CHECK(err == -ECONNREFUSED || err == -EADDRNOTAVAIL);
        n += err == -ECONNREFUSED;
    }
    CHECK(n > 0);
    return 0;
}
