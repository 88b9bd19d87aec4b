/* SPDX-License-Identifier: MIT */
/* Addresses from text: each form, each mistake, and back to the same text. */
#include "check.h"

#include "net/address.h"

#include <net/if.h>
#include <stddef.h>
#include <string.h>

static void splits(const char *address, const char *host, const char *port)
{
    struct host_port hp;
    CHECK_EQ(address_split(address, &hp), 0);
    CHECK(strcmp(hp.host, host) == 0);
    CHECK(strcmp(hp.port, port) == 0);
}

static void refuses(const char *address, int err)
{
    struct host_port hp;
    CHECK_EQ(address_split(address, &hp), err);
}

static void splitting(void)
{
    splits("127.0.0.1:80", "127.0.0.1", "80");
    splits("[::1]:0", "::1", "0");
    splits("[fe80::1%lo]:80", "fe80::1%lo", "80");
    splits("localhost:http", "localhost", "http");
    splits("[localhost]:http", "localhost", "http");
    splits(":8080", "", "8080");
    splits("[]:8080", "", "8080");
    splits("host:", "host", "");
    splits(":", "", "");
    refuses(NULL, GO_NET_NO_PORT);
    refuses("", GO_NET_NO_PORT);
    refuses("localhost", GO_NET_NO_PORT);
    refuses("[::1]", GO_NET_NO_PORT);
    refuses("[::1]80", GO_NET_NO_PORT);
    refuses("::1:80", GO_NET_COLONS);
    refuses("::1", GO_NET_COLONS);
    refuses("a:b:c", GO_NET_COLONS);
    refuses("[::1]:80:81", GO_NET_COLONS);
    refuses("[::1:80", GO_NET_BRACKETS);
    refuses("::1]:80", GO_NET_COLONS);
    refuses("a]:80", GO_NET_BRACKETS);
    refuses("a[b:80", GO_NET_BRACKETS);
    refuses("[[::1]:80", GO_NET_BRACKETS);
    refuses("[::1]:8]0", GO_NET_BRACKETS);

    char most[HOST_SIZE + 3];
    memset(most, 'a', sizeof most);
    strcpy(most + HOST_SIZE - 1, ":1");
    struct host_port hp;
    CHECK_EQ(address_split(most, &hp), 0);
    CHECK_EQ(strlen(hp.host), HOST_SIZE - 1);
    strcpy(most + HOST_SIZE - 1, "a:1");
    refuses(most, GO_NET_NO_HOST);
}

static void ports(void)
{
    CHECK_EQ(port_number(""), 0);
    CHECK_EQ(port_number("0"), 0);
    CHECK_EQ(port_number("00080"), 80);
    CHECK_EQ(port_number("65535"), 65535);
    CHECK_EQ(port_number("65536"), GO_NET_BAD_PORT);
    CHECK_EQ(port_number("4294967376"), GO_NET_BAD_PORT);
    CHECK_EQ(port_number("99999999999999999999999999"), GO_NET_BAD_PORT);
    CHECK_EQ(port_number("-1"), GO_NET_BAD_PORT);
    CHECK_EQ(port_number("+80"), GO_NET_BAD_PORT);
    CHECK_EQ(port_number("http"), -EAGAIN);
    CHECK_EQ(port_number("3com-tsmux"), -EAGAIN);
}

/* What is read is written the same, or as shown. */
static void number(const char *host, const char *shown)
{
    union net_address a;
    char text[GO_ADDRESS_SIZE], small[GO_ADDRESS_SIZE];
    CHECK_EQ(host_number(host, &a), 0);
    address_set_port(&a, 65535);
    CHECK_EQ(address_port(&a), 65535);
    CHECK_EQ(go_address_text(&a, address_len(&a), text, sizeof text), 0);
    CHECK(strcmp(text, shown) == 0);
    CHECK_EQ(go_address_text(&a, address_len(&a), small, strlen(text) + 1), 0);
    CHECK_EQ(go_address_text(&a, address_len(&a), small, strlen(text)), -ENOSPC);
    CHECK_EQ(small[0], '\0');
    CHECK_EQ(go_address_text(&a, address_len(&a) - 1, small, sizeof small), -EINVAL);
    char odd[sizeof a + 1];
    memcpy(odd + 1, &a, sizeof a);
    CHECK_EQ(go_address_text(odd + 1, address_len(&a), small, sizeof small), 0);
    CHECK(strcmp(small, shown) == 0);
}

static void no_number(const char *host, int err)
{
    union net_address a;
    CHECK_EQ(host_number(host, &a), err);
}

static void numbers(void)
{
    number("127.0.0.1", "127.0.0.1:65535");
    number("255.255.255.255", "255.255.255.255:65535");
    number("::1", "[::1]:65535");
    number("2001:DB8:0:0::1", "[2001:db8::1]:65535");
    number("::ffff:192.0.2.1", "192.0.2.1:65535");
    number("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295",
           "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295]:65535");
    char name[IF_NAMESIZE], host[64], shown[64];
    if (if_indextoname(1, name)) {
        snprintf(host, sizeof host, "fe80::1%%%s", name);
        snprintf(shown, sizeof shown, "[fe80::1%%%s]:65535", name);
        number(host, shown);
        number("fe80::1%1", shown);
    }
    no_number("localhost", -EAGAIN);
    no_number("", -EAGAIN);
    no_number("127.1", -EAGAIN);
    no_number("256.0.0.1", -EAGAIN);
    no_number("fe80::1%", -ENODEV);
    no_number("fe80::1%nonesuch0", -ENODEV);
    no_number("fe80::1%99999999999999999999", -ENODEV);
    no_number("1.2.3.4%1", -EAGAIN);
}

/* A path that fills its field has no end there. */
static void unix_names(void)
{
    struct sockaddr_un un;
    socklen_t len;
    char text[GO_ADDRESS_SIZE], longest[sizeof un.sun_path];
    const size_t head = offsetof(struct sockaddr_un, sun_path);
    static const char *const names[] = { "/tmp/x", "@x", "relative", "" };
    for (size_t i = 0; i < 4; i++) {
        CHECK_EQ(address_unix(names[i], &un, &len), 0);
        CHECK_EQ(go_address_text(&un, len, text, sizeof text), 0);
        CHECK(strcmp(text, names[i]) == 0);
    }
    CHECK_EQ(address_unix("@x", &un, &len), 0);
    CHECK_EQ(len, head + 2);
    CHECK_EQ(un.sun_path[0], '\0');
    CHECK_EQ(address_unix("@", &un, &len), 0); /* the kernel chooses */
    CHECK_EQ(len, head);
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    CHECK_EQ(address_unix(longest, &un, &len), 0);
    CHECK_EQ(len, sizeof un);
    memset(un.sun_path, 'x', sizeof un.sun_path); /* as others may write it */
    CHECK_EQ(go_address_text(&un, sizeof un, text, sizeof text), 0);
    CHECK_EQ(strlen(text), sizeof un.sun_path);
    CHECK_EQ(go_address_text(&un, sizeof un, text, sizeof un.sun_path), -ENOSPC);
    char over[sizeof un.sun_path + 1];
    memset(over, 'x', sizeof over - 1);
    over[sizeof over - 1] = '\0';
    CHECK_EQ(address_unix(over, &un, &len), -ENAMETOOLONG);
    memcpy(un.sun_path, "\0a\0b", 4);
    CHECK_EQ(go_address_text(&un, head + 4, text, sizeof text), 0);
    CHECK(strcmp(text, "@a@b") == 0);
}

static void networks(void)
{
    static const char *const names[] = { "tcp",  "tcp4",     "tcp6",       "udp", "udp4", "udp6",
                                         "unix", "unixgram", "unixpacket", "ip",  "ip4",  "ip6" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        CHECK(strcmp(network_find(names[i])->name, names[i]) == 0);
    CHECK(!network_find("TCP"));
    CHECK(!network_find("tcp7"));
    CHECK(!network_find(""));
    CHECK(!network_find(NULL));
}

int main(void)
{
    splitting();
    ports();
    numbers();
    unix_names();
    networks();
    struct sockaddr strange = { .sa_family = AF_PACKET };
    char text[GO_ADDRESS_SIZE];
    CHECK_EQ(go_address_text(&strange, sizeof strange, text, sizeof text), -EAFNOSUPPORT);
    CHECK_EQ(go_address_text(&strange, 1, text, sizeof text), -EINVAL);
    return 0;
}
