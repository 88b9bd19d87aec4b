/* SPDX-License-Identifier: MIT */
/* Go, net.Dialer, net.ListenConfig: what a connection is set to, dialled or accepted;
 * descriptors do not block and are closed on exec; the backlog is the system's. */
#include "dial_support.h"

static int option(int fd, int level, int name)
{
    int v = -1;
    socklen_t len = sizeof v;
    CHECK_EQ(getsockopt(fd, level, name, &v, &len), 0);
    return v;
}

static void flags(int fd)
{
    CHECK(fd >= 0);
    CHECK(fcntl(fd, F_GETFL) & O_NONBLOCK);
    CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
}

static void connection(int fd)
{
    CHECK(option(fd, IPPROTO_TCP, TCP_NODELAY) != 0);
    CHECK(option(fd, SOL_SOCKET, SO_KEEPALIVE) != 0);
    CHECK_EQ(option(fd, IPPROTO_TCP, TCP_KEEPIDLE), 15);
    CHECK_EQ(option(fd, IPPROTO_TCP, TCP_KEEPINTVL), 15);
    CHECK_EQ(option(fd, IPPROTO_TCP, TCP_KEEPCNT), 9);
}

static void backlog(int listener)
{
    struct tcp_info info;
    socklen_t len = sizeof info;
    char text[32] = "";
    int fd = open("/proc/sys/net/core/somaxconn", O_RDONLY | O_CLOEXEC);
    if (fd < 0 || getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &len) != 0 ||
        len < offsetof(struct tcp_info, tcpi_lost))
        return; /* it cannot be told here */
    CHECK(read(fd, text, sizeof text - 1) > 0);
    close(fd);
    unsigned most = (unsigned)atoi(text) < 65535 ? (unsigned)atoi(text) : 65535;
    CHECK_EQ(info.tcpi_sacked, most);
}

int main(void)
{
    int l = go_listen("tcp", "127.0.0.1:0");
    flags(l);
    backlog(l);
    CHECK(option(l, SOL_SOCKET, SO_REUSEADDR) != 0);
    int c = go_dial("tcp", with_port("localhost", port_of_socket(l)), GO_FOREVER);
    flags(c);
    connection(c);
    int s = accept_one(l);
    connection(s);
    close(s);
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(l), 0);

    int u = go_listen("udp", "127.0.0.1:0");
    flags(u);
    CHECK(option(u, SOL_SOCKET, SO_BROADCAST) != 0);
    CHECK_EQ(option(u, SOL_SOCKET, SO_REUSEADDR), 0);
    int d = go_dial("udp", with_port("127.0.0.1", port_of_socket(u)), GO_FOREVER);
    flags(d);
    CHECK_EQ(go_close_fd(d), 0);
    CHECK_EQ(go_close_fd(u), 0);

    int x = go_listen("unix", "@");
    char name[GO_ADDRESS_SIZE];
    flags(x);
    CHECK_EQ(go_local_address(x, name, sizeof name), 0);
    int y = go_dial("unix", name, GO_FOREVER);
    flags(y);
    CHECK_EQ(go_close_fd(y), 0);
    CHECK_EQ(go_close_fd(x), 0);
    return 0;
}
