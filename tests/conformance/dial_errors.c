/* SPDX-License-Identifier: MIT */
/* Go, net.Dial: an address that is none is told from a host that is not there, and says
 * what is wrong with it; nothing is left open. */
#include "dial_support.h"

#include <sys/resource.h>

static void wrong(const char *network, const char *address, int err, const char *text)
{
    struct sockaddr_storage a;
    CHECK_EQ(go_dial(network, address, GO_FOREVER), err);
    CHECK_EQ(go_dial_ctx(network, address, NULL), err);
    CHECK_EQ(go_listen(network, address), err);
    CHECK_EQ(go_resolve(network, address, &a, 1, GO_FOREVER), err);
    CHECK(strcmp(go_dial_error_text(err), text) == 0);
}

static void addresses(void)
{
    wrong("tcp", "127.0.0.1", GO_NET_NO_PORT, "missing port in address");
    wrong("tcp", "", GO_NET_NO_PORT, "missing port in address");
    wrong("udp", "[::1]", GO_NET_NO_PORT, "missing port in address");
    wrong("tcp", "::1:80", GO_NET_COLONS, "too many colons in address");
    wrong("tcp", "[::1:80", GO_NET_BRACKETS, "misplaced bracket in address");
    wrong("tcp", "127.0.0.1:65536", GO_NET_BAD_PORT, "invalid port");
    wrong("tcp", "127.0.0.1:-1", GO_NET_BAD_PORT, "invalid port");
    wrong("tcp", "127.0.0.1:no-such-service", GO_NET_NO_SERVICE, "unknown port");
    wrong("tcp4", "[::1]:80", GO_NET_NO_ADDRESS, "no suitable address");
    wrong("udp6", "127.0.0.1:80", GO_NET_NO_ADDRESS, "no suitable address");
    wrong("tcp", "[fe80::1%nonesuch0]:80", -ENODEV, strerror(ENODEV));
    wrong("tcp5", "127.0.0.1:80", GO_NET_NETWORK, "unknown network");
    wrong("", "127.0.0.1:80", GO_NET_NETWORK, "unknown network");
    wrong(NULL, "127.0.0.1:80", GO_NET_NETWORK, "unknown network");
    CHECK_EQ(go_dial("ip", "127.0.0.1", GO_FOREVER), GO_NET_NETWORK);
    CHECK_EQ(go_listen("ip4", "127.0.0.1"), GO_NET_NETWORK);
    CHECK_EQ(go_dial("tcp", NULL, GO_FOREVER), -EINVAL);
    CHECK_EQ(go_listen("tcp", NULL), -EINVAL);
    CHECK_EQ(go_dial_from("tcp", "here", "127.0.0.1:80", GO_FOREVER), GO_NET_NO_PORT);
}

static void texts(void)
{
    static const int errors[] = { GO_NET_NO_HOST,  GO_NET_NO_ADDRESS, GO_NET_TRY_AGAIN,
                                  GO_NET_LOOKUP,   GO_NET_NO_SERVICE, GO_NET_NO_PORT,
                                  GO_NET_BAD_PORT, GO_NET_COLONS,     GO_NET_BRACKETS,
                                  GO_NET_NETWORK };
    enum { N = sizeof errors / sizeof errors[0] };
    for (int i = 0; i < N; i++) {
        CHECK(errors[i] < -4096);
        for (int j = 0; j < i; j++)
            CHECK(strcmp(go_dial_error_text(errors[i]), go_dial_error_text(errors[j])) != 0);
    }
    CHECK(strcmp(go_dial_error_text(-ECONNREFUSED), strerror(ECONNREFUSED)) == 0);
    CHECK(go_dial_error_text(0) && go_dial_error_text(1) && go_dial_error_text(INT32_MIN));
}

/* What is over has not begun: not even what could be done at once. */
static void over(void)
{
    int l = go_listen("tcp", "127.0.0.1:0");
    const char *address = with_port("127.0.0.1", port_of_socket(l));
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_cancel(ctx);
    CHECK_EQ(go_dial("tcp", address, go_now()), -ETIMEDOUT);
    CHECK_EQ(go_dial("tcp", address, 0), -ETIMEDOUT);
    CHECK_EQ(go_dial_ctx("tcp", address, ctx), -ECANCELED);
    CHECK_EQ(go_dial_from_ctx("udp", ":0", address, ctx), -ECANCELED);
    CHECK_EQ(go_dial("unix", "/nonesuch", 0), -ETIMEDOUT);
    go_context_drop(ctx);
    CHECK_EQ(go_close_fd(l), 0);
}

static void sockets(void)
{
    char text[GO_ADDRESS_SIZE];
    int p[2], holder, port = closed_port(&holder);
    CHECK_EQ(go_dial("tcp", with_port("127.0.0.1", port), GO_FOREVER), -ECONNREFUSED);
    CHECK_EQ(go_listen("tcp", with_port("127.0.0.1", port)), -EADDRINUSE);
    CHECK_EQ(go_listen("tcp", "192.0.2.1:0"), -EADDRNOTAVAIL);
    close(holder);
    CHECK_EQ(pipe(p), 0);
    CHECK_EQ(go_local_address(p[0], text, sizeof text), -ENOTSOCK);
    close(p[0]);
    close(p[1]);
    CHECK_EQ(go_local_address(-1, text, sizeof text), -EBADF);
    CHECK_EQ(go_remote_address(p[0], text, sizeof text), -EBADF);
}

static int take_one(int which, int port)
{
    switch (which) {
    case 0:
        return go_dial("tcp", with_port("127.0.0.1", port), GO_FOREVER);
    case 1:
        return go_dial("tcp", with_port("", port), GO_FOREVER); /* tries two addresses */
    case 2:
        return go_dial("unix", "@nobody", GO_FOREVER);
    default:
        return go_listen("tcp", ":0");
    }
}

/* No descriptors are left: an error.  The library's own looks into /proc may free one at
 * the wrong moment. */
static void none_left(void)
{
    struct rlimit old, none;
    int l = go_listen("tcp", "127.0.0.1:0"), port = port_of_socket(l), last = dup(l);
    int taken[256], n = 0;
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
    none = old;
    none.rlim_cur = (rlim_t)last + 1;
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    for (int which = 0; which < 4; which++) {
        int r = 0;
        for (int tries = 0; tries < 20 && r != -EMFILE; tries++) {
            while ((taken[n] = dup(l)) >= 0)
                CHECK(++n < 256);
            r = take_one(which, port);
            if (r >= 0)
                CHECK_EQ(go_close_fd(r), 0);
        }
        CHECK_EQ(r, -EMFILE);
    }
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &old), 0);
    while (n > 0)
        close(taken[--n]);
    close(last);
    int c = take_one(0, port);
    CHECK(c >= 0);
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(l), 0);
}

int main(void)
{
    int before = sockets_open();
    addresses();
    texts();
    over();
    sockets();
    none_left();
    CHECK_EQ(sockets_open(), before);
    return 0;
}
