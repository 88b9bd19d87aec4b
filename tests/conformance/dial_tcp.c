/* SPDX-License-Identifier: MIT */
/* Go, net.Dial, net.Listen: each form of an address, both families, and what the two ends
 * say of themselves. */
#include "dial_support.h"

#include <pthread.h>

static bool ipv6;

/* One connection, both ends of which know each other. */
static void meet(const char *network, int listener, const char *address)
{
    char mine[GO_ADDRESS_SIZE], peer[GO_ADDRESS_SIZE], x = 0;
    int c = go_dial(network, address, GO_FOREVER);
    if (c < 0)
        fprintf(stderr, "%s %s: %s\n", network, address, go_dial_error_text(c));
    CHECK(c >= 0);
    int s = accept_one(listener);
    CHECK_EQ(go_local_address(c, mine, sizeof mine), 0);
    CHECK_EQ(go_remote_address(s, peer, sizeof peer), 0);
    CHECK(strcmp(mine, peer) == 0);
    CHECK_EQ(go_remote_address(c, peer, sizeof peer), 0);
    CHECK_EQ(go_local_address(s, mine, sizeof mine), 0);
    CHECK(strcmp(mine, peer) == 0);
    CHECK_EQ(go_write(c, "x", 1), 1);
    CHECK_EQ(go_read(s, &x, 1), 1);
    CHECK_EQ(x, 'x');
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_read(s, &x, 1), 0);
    CHECK_EQ(go_close_fd(s), 0);
}

static int listen_at(const char *network, const char *address, const char *host)
{
    char text[GO_ADDRESS_SIZE];
    int l = go_listen(network, address);
    CHECK(l >= 0);
    CHECK_EQ(go_local_address(l, text, sizeof text), 0);
    CHECK(strcmp(text, with_port(host, port_of_socket(l))) == 0);
    CHECK_EQ(go_remote_address(l, text, sizeof text), -ENOTCONN);
    return l;
}

static void refused(const char *network, const char *address)
{
    CHECK_EQ(go_dial(network, address, GO_FOREVER), -ECONNREFUSED);
}

static void ipv4_alone(void)
{
    int l = listen_at("tcp", "127.0.0.1:0", "127.0.0.1"), port = port_of_socket(l);
    meet("tcp", l, with_port("127.0.0.1", port));
    meet("tcp4", l, with_port("127.0.0.1", port));
    meet("tcp", l, with_port("[127.0.0.1]", port));
    meet("tcp", l, with_port("[::ffff:127.0.0.1]", port));
    meet("tcp", l, with_port("", port));
    meet("tcp", l, with_port("0.0.0.0", port));
    meet("tcp", l, with_port("[::]", port)); /* not on ::1, where nobody listens */
    meet("tcp", l, with_port("localhost", port));
    meet("tcp4", l, with_port("localhost", port));
    CHECK_EQ(go_dial("tcp6", with_port("127.0.0.1", port), GO_FOREVER), GO_NET_NO_ADDRESS);
    CHECK_EQ(go_dial("tcp6", with_port("[::ffff:127.0.0.1]", port), GO_FOREVER), GO_NET_NO_ADDRESS);
    CHECK_EQ(go_close_fd(l), 0);
    l = listen_at("tcp4", ":0", "0.0.0.0");
    meet("tcp", l, with_port("127.0.0.1", port_of_socket(l)));
    meet("tcp", l, with_port("127.0.0.2", port_of_socket(l)));
    CHECK_EQ(go_close_fd(l), 0);
    l = listen_at("tcp", "localhost:0", "127.0.0.1");
    meet("tcp", l, with_port("localhost", port_of_socket(l)));
    CHECK_EQ(go_close_fd(l), 0);
}

static void ipv6_alone(void)
{
    int l = listen_at("tcp", "[::1]:0", "[::1]"), port = port_of_socket(l);
    meet("tcp", l, with_port("[::1]", port));
    meet("tcp6", l, with_port("[::1]", port));
    meet("tcp6", l, with_port("", port));
    meet("tcp", l, with_port("[::]", port));
    meet("tcp", l, with_port("", port)); /* not on 127.0.0.1 */
    refused("tcp4", with_port("", port));
    CHECK_EQ(go_dial("tcp4", with_port("[::1]", port), GO_FOREVER), GO_NET_NO_ADDRESS);
    CHECK_EQ(go_close_fd(l), 0);
    l = listen_at("tcp6", ":0", "[::]");
    meet("tcp", l, with_port("[::1]", port_of_socket(l)));
    refused("tcp", with_port("127.0.0.1", port_of_socket(l)));
    CHECK_EQ(go_close_fd(l), 0);
}

/* Without a host: whatever the machine has. */
static void both(const char *network, const char *address)
{
    int l = go_listen(network, address), port = port_of_socket(l);
    CHECK(l >= 0);
    meet("tcp", l, with_port("127.0.0.1", port));
    meet("tcp4", l, with_port("", port));
    if (ipv6)
        meet("tcp", l, with_port("[::1]", port));
    CHECK_EQ(go_listen("tcp", with_port("", port)), -EADDRINUSE);
    CHECK_EQ(go_close_fd(l), 0);
}

/* The same port at once, after connections that the listener's side closed first; unless
 * another program was faster. */
static void again(void)
{
    for (int i = 0; i < 10; i++) {
        int l = go_listen("tcp", "127.0.0.1:0"), port = port_of_socket(l);
        int c = go_dial("tcp", with_port("127.0.0.1", port), GO_FOREVER), s = accept_one(l);
        char x;
        CHECK(c >= 0);
        CHECK_EQ(go_close_fd(s), 0);
        CHECK_EQ(go_read(c, &x, 1), 0);
        CHECK_EQ(go_close_fd(c), 0);
        CHECK_EQ(go_close_fd(l), 0);
        l = go_listen("tcp", with_port("127.0.0.1", port));
        if (l >= 0) {
            CHECK_EQ(go_close_fd(l), 0);
            return;
        }
        CHECK_EQ(l, -EADDRINUSE);
    }
    fprintf(stderr, "a port cannot be listened on again\n");
    exit(1);
}

static void *from_a_thread(void *arg)
{
    int l = go_listen("tcp", "localhost:0");
    (void)arg;
    CHECK(l >= 0);
    meet("tcp", l, with_port("localhost", port_of_socket(l)));
    CHECK_EQ(go_close_fd(l), 0);
    return NULL;
}

int main(void)
{
    ipv6 = have_ipv6();
    ipv4_alone();
    both("tcp", ":0");
    both("tcp", ":");
    again();
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, from_a_thread, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    if (ipv6) {
        ipv6_alone();
        both("tcp", "[::]:0");
    }
    return 0;
}
