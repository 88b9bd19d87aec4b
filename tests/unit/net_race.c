/* SPDX-License-Identifier: MIT */
/* RFC 8305, 5: the next address when one fails, or after a pause; the first that connects
 * wins and nothing is left of the others; with little time the pause is shorter. */
#include "conformance/dial_support.h"

#include "net/dial.h"

#include <goroutine/debug.h>

static struct deaf deaf, other_deaf;
static const struct network *tcp;
static int good, closed, good_port;

/* What is tried: R refused, D deaf, E another that is deaf, G good, 6 good on ::1, B a
 * broadcast address, which is an error of another kind. */
static struct address_list list_of(const char *which)
{
    struct address_list l = { 0 };
    for (; *which; which++) {
        union net_address a = address_loopback(*which == '6' ? AF_INET6 : AF_INET);
        address_set_port(&a, *which == 'R'   ? closed
                             : *which == 'D' ? deaf.port
                             : *which == 'E' ? other_deaf.port
                                             : good_port);
        if (*which == 'B')
            a.in.sin_addr.s_addr = htonl(INADDR_BROADCAST);
        l.a[l.n++] = a;
    }
    return l;
}

static int race(const char *which, struct bound b)
{
    struct address_list l = list_of(which);
    int before = sockets_open();
    int fd = dial_race(tcp, NULL, &l, b);
    CHECK_EQ(sockets_open(), before + (fd >= 0));
    return fd;
}

/* How long it takes to get through to the good one; that accepts. */
static int64_t wins(const char *which, struct bound b)
{
    int64_t t = go_now();
    int fd = race(which, b);
    t = go_now() - t;
    if (fd < 0)
        fprintf(stderr, "%s: %s\n", which, go_dial_error_text(fd));
    CHECK(fd >= 0);
    int s = accept_one(good);
    CHECK_EQ(port_of_socket(s), good_port);
    CHECK_EQ(go_close_fd(s), 0);
    CHECK_EQ(go_close_fd(fd), 0);
    return t;
}

static void errors(void)
{
    struct bound ever = bound_time(GO_FOREVER);
    int broadcast = race("B", ever);
    CHECK(broadcast < 0 && broadcast != -ECONNREFUSED);
    CHECK_EQ(race("R", ever), -ECONNREFUSED);
    CHECK_EQ(race("RB", ever), -ECONNREFUSED); /* the first */
    CHECK_EQ(race("BRR", ever), broadcast);
    CHECK_EQ(race("RD", bound_time(go_now() + 5 * GO_MILLISECOND)), -ETIMEDOUT);
    CHECK_EQ(race("D", bound_time(go_now() + 5 * GO_MILLISECOND)), -ETIMEDOUT);
}

/* Of many tries one is not held up by the machine. */
static void at_once(const char *which)
{
    struct bound ever = bound_time(GO_FOREVER);
    for (int i = 0; i < 20; i++)
        if (wins(which, ever) < 200 * GO_MILLISECOND)
            return;
    fprintf(stderr, "%s: an address that fails holds up the next\n", which);
    exit(1);
}

/* 250 ms each would be too long. */
static void little_time(void)
{
    for (int i = 0; i < 10; i++) {
        int fd = race("DEDEG", bound_time(go_now() + 600 * GO_MILLISECOND));
        if (fd >= 0) {
            CHECK_EQ(go_close_fd(accept_one(good)), 0);
            CHECK_EQ(go_close_fd(fd), 0);
            return;
        }
        CHECK_EQ(fd, -ETIMEDOUT); /* the machine was busy */
    }
    fprintf(stderr, "the last address was not tried in time\n");
    exit(1);
}

static void cancelled(void)
{
    go_context *ctx = go_context_with_timeout(go_context_background(), 40 * GO_MILLISECOND);
    CHECK_EQ(race("DEE", bound_context(ctx)), -ETIMEDOUT); /* all under way, most likely */
    go_context_drop(ctx);
}

/* Many at once, given up at some time or other. */
static go_waitgroup all;
static go_int64 through;

static void one_of_many(int i)
{
    static const char *const which[] = { "G", "RG", "RBG", "RR", "D", "DE", "RD", "BRRRG" };
    struct address_list l = list_of(which[i % 8]);
    int64_t d = i % 3 ? (int64_t)(i % 40) * 50 * GO_MICROSECOND : 2 * GO_MILLISECOND;
    int fd = dial_race(tcp, NULL, &l, bound_time(go_now() + d));
    if (fd >= 0) {
        go_int64_add(&through, 1);
        CHECK_EQ(go_close_fd(fd), 0);
    } else {
        CHECK(fd == -ETIMEDOUT || (i % 8 == 3 && fd == -ECONNREFUSED));
    }
    go_waitgroup_done(&all);
}

static void hammer(void)
{
    const int many = test_scale(200, 60);
    int before = sockets_open();
    go_waitgroup_add(&all, many);
    for (int i = 0; i < many; i++)
        go(one_of_many, i);
    go_waitgroup_wait(&all);
    CHECK_EQ(sockets_open(), before);
    for (int64_t n = go_int64_load(&through); n > 0; n--) /* none is lost */
        CHECK_EQ(go_close_fd(accept_one(good)), 0);
}

int main(void)
{
    int holder;
    tcp = network_find("tcp");
    deaf = deaf_make("tcp", "127.0.0.1:0");
    other_deaf = deaf_make("tcp", "127.0.0.1:0");
    closed = closed_port(&holder);
    good = go_listen("tcp", ":0");
    CHECK(good >= 0);
    good_port = port_of_socket(good);
    errors();
    wins("G", bound_time(GO_FOREVER));
    at_once("RG");
    at_once("BRRRG");
    CHECK(wins("DRG", bound_time(go_now() + GO_HOUR)) >= 250 * GO_MILLISECOND);
    if (have_ipv6()) {
        at_once("6G");
        CHECK(wins("D6", bound_time(GO_FOREVER)) >= 250 * GO_MILLISECOND);
    }
    little_time();
    cancelled();
    hammer();
    go_verify();
    return 0;
}
