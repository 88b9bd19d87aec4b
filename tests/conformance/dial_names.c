/* SPDX-License-Identifier: MIT */
/* Go, net.Resolver, net.Dial with names: from the hosts file and from a name server, both
 * families, services, and what went wrong; RFC 8305: a family that does not answer does
 * not hold up the other. */
#include "dial_name_server.h"

static bool ipv6;

/* "a b": the addresses in their order. */
static void resolves(const char *network, const char *address, const char *expected)
{
    struct sockaddr_storage list[4];
    char text[4 * GO_ADDRESS_SIZE] = "", one[GO_ADDRESS_SIZE];
    int n = go_resolve(network, address, list, 4, GO_FOREVER);
    if (n < 0)
        fprintf(stderr, "%s: %s\n", address, go_dial_error_text(n));
    CHECK(n >= 1 && n <= 4);
    for (int i = 0; i < n; i++) {
        CHECK_EQ(go_address_text(&list[i], sizeof list[i], one, sizeof one), 0);
        strcat(strcat(text, i ? " " : ""), one);
    }
    if (strcmp(text, expected) != 0)
        fprintf(stderr, "%s %s: %s, expected %s\n", network, address, text, expected);
    CHECK(strcmp(text, expected) == 0);
    CHECK_EQ(go_resolve_ctx(network, address, list, 1, NULL), n); /* also what does not fit */
    CHECK_EQ(go_resolve(network, address, NULL, 0, GO_FOREVER), n);
}

static void fails(const char *network, const char *address, int err)
{
    struct sockaddr_storage list[1];
    CHECK_EQ(go_resolve(network, address, list, 1, GO_FOREVER), err);
    CHECK_EQ(go_resolve_ctx(network, address, list, 1, NULL), err);
}

static void names(void)
{
    resolves("tcp4", "both.test:80", "127.0.0.1:80");
    resolves("ip", "four.test", "127.0.0.1:0");
    resolves("tcp", "four.test:zebra-test", "127.0.0.1:2600");
    resolves("udp", "four.test:zebra-test", "127.0.0.1:2601");
    resolves("tcp", "four.test:https", "127.0.0.1:443");                /* known without the file */
    resolves("ip", "many.test", "127.0.0.1:0 127.0.0.2:0 127.0.0.3:0"); /* one twice */
    CHECK_EQ(go_resolve("ip", "lots.test", NULL, 0, GO_FOREVER), 64);
    fails("tcp", "four.test:nonesuch", GO_NET_NO_SERVICE);
    fails("tcp", "four.test:domain-s", GO_NET_NO_SERVICE);
    fails("ip", "", GO_NET_NO_HOST);
    if (ipv6) { /* RFC 6724: ::1 comes before 127.0.0.1 */
        resolves("tcp", "both.test:80", "[::1]:80 127.0.0.1:80");
        resolves("tcp6", "both.test:80", "[::1]:80");
        resolves("ip6", "both.test", "[::1]:0");
    }
}

static void by_server(void)
{
    resolves("tcp4", "yes1.test:1", "127.0.0.1:1");
    resolves("ip", "four1.test", "127.0.0.1:0");
    if (ipv6)
        resolves("ip", "yes2.test", "[::1]:0 127.0.0.1:0");
    fails("ip6", "four1.test", GO_NET_NO_ADDRESS);
    fails("tcp6", "four1.test:80", GO_NET_NO_ADDRESS);
    fails("ip", "nonsense.invalid", GO_NET_NO_HOST);
    fails("tcp", "nonsense.invalid:80", GO_NET_NO_HOST);
    fails("ip", "fail.test", GO_NET_TRY_AGAIN);
    CHECK_EQ(go_dial("tcp", "nonsense.invalid:80", GO_FOREVER), GO_NET_NO_HOST);
    CHECK_EQ(go_listen("tcp", "nonsense.invalid:80"), GO_NET_NO_HOST);
}

/* A number is not asked of anybody, nor does it make a goroutine. */
static void numbers(void)
{
    int64_t goroutines = go_count();
    int seen = names_seen();
    resolves("ip", "192.0.2.1", "192.0.2.1:0");
    resolves("ip", "0.0.0.0", "0.0.0.0:0");
    resolves("ip6", "2001:db8::1", "[2001:db8::1]:0");
    resolves("ip", "fe80::1%lo", "[fe80::1%lo]:0");
    resolves("tcp", "[2001:db8::1]:80", "[2001:db8::1]:80");
    resolves("tcp", ":80", "127.0.0.1:80 [::1]:80");
    resolves("tcp", "[::]:80", "[::1]:80 127.0.0.1:80");
    resolves("tcp6", "[::]:80", "[::1]:80");
    resolves("udp4", ":80", "127.0.0.1:80");
    CHECK_EQ(names_seen(), seen);
    CHECK_EQ(go_count(), goroutines);
}

static void gets_through(const char *network, const char *address, int listener, const char *peer)
{
    char text[GO_ADDRESS_SIZE];
    int c = go_dial(network, address, GO_FOREVER);
    CHECK(c >= 0);
    int s = accept_one(listener);
    CHECK_EQ(go_remote_address(c, text, sizeof text), 0);
    CHECK(strncmp(text, peer, strlen(peer)) == 0);
    CHECK_EQ(go_close_fd(c), 0);
    CHECK_EQ(go_close_fd(s), 0);
}

/* "both.test" is ::1 and 127.0.0.1, in this order. */
static void families(void)
{
    int before = sockets_open();
    struct deaf deaf = deaf_make("tcp6", "[::1]:0"); /* a hole */
    int l4 = go_listen("tcp4", with_port("127.0.0.1", deaf.port));
    CHECK(l4 >= 0);
    gets_through("tcp", with_port("both.test", deaf.port), l4, "127.0.0.1:");
    CHECK_EQ(go_dial("tcp6", with_port("both.test", deaf.port), go_now() + 10 * GO_MILLISECOND),
             -ETIMEDOUT);
    deaf_close(&deaf); /* and now refused */
    gets_through("tcp", with_port("both.test", deaf.port), l4, "127.0.0.1:");
    int l6 = go_listen("tcp6", with_port("[::1]", deaf.port));
    CHECK(l6 >= 0);
    gets_through("tcp", with_port("both.test", deaf.port), l6, "[::1]:"); /* preferred */
    CHECK_EQ(go_close_fd(l4), 0);
    gets_through("tcp", with_port("both.test", deaf.port), l6, "[::1]:");
    CHECK_EQ(go_close_fd(l6), 0);
    CHECK_EQ(sockets_open(), before);
}

int main(void)
{
    own_machine();
    ipv6 = have_ipv6();
    static char hosts[8192];
    strcpy(hosts, "127.0.0.1 both.test four.test\n::1 both.test\n"
                  "127.0.0.1 many.test\n127.0.0.2 many.test\n127.0.0.1 many.test\n"
                  "127.0.0.3 many.test\n");
    for (int i = 1; i <= 100; i++)
        snprintf(hosts + strlen(hosts), 64, "127.1.0.%d lots.test\n", i);
    name_server_start(hosts);
    name_server_answers(true);
    names();
    numbers();
    by_server();
    if (ipv6)
        families();
    return 0;
}
