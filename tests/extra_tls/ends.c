/* SPDX-License-Identifier: MIT */
/* The end of a connection.  With close_notify a read returns 0; without it the end is an
 * error, however politely TCP ended: whoever is between could have cut it.  Either side may
 * end its half.  Closing wakes those that read and write. */
#include "tls_test.h"

static const go_tls_config *client_config, *server_config;

static void said_goodbye(void)
{
    go_tls *c, *s;
    char buf[8];
    secured(&c, &s, client_config, server_config, 0);
    CHECK_EQ(go_tls_write(c, "last", 4), 4);
    CHECK_EQ(go_tls_close(c), 0);
    read_all(s, buf, 4);
    CHECK_EQ(memcmp(buf, "last", 4), 0);
    for (int i = 0; i < 3; i++)
        CHECK_EQ(go_tls_read_until(s, buf, sizeof(buf), later()), 0);
    go_tls_drop(c);
    go_tls_drop(s);
}

/* The peer's program ends, or somebody between has it look so. */
static void cut_short(void)
{
    go_tls *c, *s;
    char buf[8];
    secured(&c, &s, client_config, server_config, 0);
    CHECK_EQ(go_tls_write(c, "last", 4), 4);
    CHECK_EQ(shutdown(go_tls_fd(c), SHUT_WR), 0);
    read_all(s, buf, 4);
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(go_tls_read_until(s, buf, sizeof(buf), later()), -ECONNABORTED);
        CHECK_HAS(go_tls_error_text(), "without the peer's goodbye");
    }
    /* The other direction is not affected. */
    CHECK_EQ(go_tls_write(s, "more", 4), 4);
    read_all(c, buf, 4);
    close_both(c, s);
}

static void reset(void)
{
    go_tls *c, *s;
    char buf[8];
    struct linger now = { .l_onoff = 1 };
    secured(&c, &s, client_config, server_config, 0);
    CHECK_EQ(setsockopt(go_tls_fd(c), SOL_SOCKET, SO_LINGER, &now, sizeof(now)), 0);
    /* The connection would say goodbye first; here the peer's machine falls over. */
    CHECK_EQ(go_close_fd(go_tls_fd(c)), 0);
    CHECK_EQ(go_tls_read_until(s, buf, sizeof(buf), later()), -ECONNRESET);
    CHECK_HAS(go_tls_error_text(), "receive: ");
    CHECK_EQ(go_tls_read_until(s, buf, sizeof(buf), later()), -ECONNRESET);
    int err = 0;
    while (err >= 0) /* the kernel tells of the reset once, and to whom is its choice */
        err = (int)go_tls_write(s, "x", 1);
    CHECK(err == -EPIPE || err == -ECONNRESET);
    CHECK_EQ(go_tls_close(s), 0);
    go_tls_drop(s);
    go_tls_drop(c);
}

static void half_closed(void)
{
    go_tls *c, *s;
    char buf[8];
    secured(&c, &s, client_config, server_config, 0);
    CHECK_EQ(go_tls_close_write(c), 0);
    CHECK_EQ(go_tls_close_write_until(c, later()), 0);
    CHECK_EQ(go_tls_close_write_ctx(c, NULL), 0);
    CHECK_EQ(go_tls_write(c, "x", 1), -EPIPE);
    CHECK_STR(go_tls_error_text(), "write after go_tls_close_write");
    CHECK_EQ(go_tls_read_until(s, buf, sizeof(buf), later()), 0);
    CHECK_EQ(go_tls_write(s, "answer", 6), 6);
    read_all(c, buf, 6);
    CHECK_EQ(memcmp(buf, "answer", 6), 0);
    CHECK_EQ(go_tls_close(s), 0);
    CHECK_EQ(go_tls_read_until(c, buf, sizeof(buf), later()), 0);
    go_tls_drop(c);
    go_tls_drop(s);
}

/* A client that only writes never reads the server's ticket.  Its close must not cost the
 * server what it wrote. */
static void never_read(void)
{
    for (int i = 0; i < 20; i++) {
        go_tls *c, *s;
        char buf[10000] = "first", got[10000];
        secured(&c, &s, client_config, server_config, 0);
        CHECK_EQ(go_tls_write(c, buf, sizeof(buf)), (ssize_t)sizeof(buf));
        go_tls_drop(c);
        read_all(s, got, sizeof(got));
        CHECK_EQ(memcmp(buf, got, sizeof(buf)), 0);
        CHECK_EQ(go_tls_read_until(s, buf, sizeof(buf), later()), 0);
        go_tls_drop(s);
    }
}

static void waits_to_read(go_tls *t, go_chan(int) out)
{
    char c;
    int r = (int)go_tls_read(t, &c, 1);
    if (r == -EBADF)
        CHECK_STR(go_tls_error_text(), "the connection has been closed");
    go_tls_drop(t);
    go_send(out, r);
}

static void waits_to_write(go_tls *t, go_chan(int) out)
{
    static char much[1 << 16];
    ssize_t r;
    while ((r = go_tls_write(t, much, sizeof(much))) >= 0)
        continue;
    go_tls_drop(t);
    go_send(out, (int)r);
}

/* Whether they wait yet, or come later, they leave; a second close, and what is called after
 * it, finds the connection closed.  rounds: not each meets them at the same place. */
static void closing_wakes(int rounds)
{
    for (int i = 0; i < rounds; i++) {
        go_tls *c, *s;
        char byte;
        int r;
        go_chan(int) out = go_make(int, 0);
        secured(&c, &s, client_config, server_config, 4096);
        go(waits_to_read, go_tls_hold(c), out);
        go(waits_to_read, go_tls_hold(c), out);
        go(waits_to_write, go_tls_hold(c), out);
        go(waits_to_write, go_tls_hold(c), out);
        for (int k = i % 8; k > 0; k--)
            go_yield();
        if (i % 4 == 3)
            go_sleep(GO_MILLISECOND);
        CHECK_EQ(go_tls_close(c), 0);
        CHECK_EQ(go_tls_fd(c), -1);
        for (int k = 0; k < 4; k++) {
            CHECK(go_recv(out, &r));
            CHECK_EQ(r, -EBADF);
        }
        CHECK_EQ(go_tls_close(c), -EBADF);
        CHECK_EQ(go_tls_read(c, &byte, 1), -EBADF);
        CHECK_EQ(go_tls_write(c, "x", 1), -EBADF);
        CHECK_EQ(go_tls_close_write(c), -EBADF);
        go_tls_drop(c);
        go_tls_drop(s);
        go_drop(out);
    }
}

int main(void)
{
    client_config = config_for(NULL, NULL);
    server_config = config_for("server", NULL);
    said_goodbye();
    cut_short();
    reset();
    half_closed();
    never_read();
    closing_wakes(test_scale(40, 12));
    go_tls_drop(NULL);
    go_tls_config_drop(client_config);
    go_tls_config_drop(server_config);
}
