/* SPDX-License-Identifier: MIT */
/* Deadlines and contexts bound the handshake and every wait; a read that was given up can
 * be repeated, a write that was given up half way cannot, and says so.  The descriptor's
 * deadlines count too. */
#include "tls_test.h"

#define SOON (go_now() + 10 * GO_MILLISECOND)

static const go_tls_config *client_config, *server_config;

static void cancel_it(go_context *ctx)
{
    go_context_cancel(ctx);
    go_context_drop(ctx);
}

static void silent_peer(void)
{
    int a, b;
    go_tls *t;
    connected(&a, &b, 0);
    CHECK_EQ(go_tls_client(&t, a, "localhost", client_config, SOON), -ETIMEDOUT);
    CHECK(!t);
    CHECK_STR(go_tls_error_text(), "handshake: the deadline has passed");
    CHECK_EQ(go_close_fd(a), 0);
    CHECK_EQ(go_close_fd(b), 0);

    connected(&a, &b, 0);
    CHECK_EQ(go_tls_server(&t, b, server_config, SOON), -ETIMEDOUT);
    CHECK_STR(go_tls_error_text(), "handshake: the deadline has passed");
    CHECK_EQ(go_set_read_deadline(b, SOON), 0);
    CHECK_EQ(go_tls_server(&t, b, server_config, GO_FOREVER), -ETIMEDOUT);

    go_context *ctx = go_context_with_timeout(go_context_background(), 5 * GO_MILLISECOND);
    CHECK_EQ(go_tls_client_ctx(&t, a, "localhost", client_config, ctx), -ETIMEDOUT);
    go_context_drop(ctx);
    ctx = go_context_with_cancel(go_context_background());
    go_timer *timer = go_after_func(5 * GO_MILLISECOND, cancel_it, go_context_hold(ctx));
    CHECK_EQ(go_set_read_deadline(b, GO_FOREVER), 0);
    CHECK_EQ(go_tls_server_ctx(&t, b, server_config, ctx), -ECANCELED);
    CHECK_STR(go_tls_error_text(), "handshake: cancelled");
    go_timer_drop(timer);
    go_context_drop(ctx);
    CHECK_EQ(go_close_fd(a), 0);
    CHECK_EQ(go_close_fd(b), 0);
}

static void hangs_up(void)
{
    int a, b;
    go_tls *t;
    connected(&a, &b, 0);
    CHECK_EQ(go_close_fd(b), 0);
    int err = go_tls_client(&t, a, "localhost", client_config, later());
    CHECK(err == -ECONNABORTED || err == -ECONNRESET);
    if (err == -ECONNABORTED)
        CHECK_STR(go_tls_error_text(), "the peer hung up during the handshake");
    CHECK_EQ(go_close_fd(a), 0);
}

static void not_tls(void)
{
    int a, b;
    go_tls *t;
    static const char http[] = "GET / HTTP/1.0\r\n\r\n";
    connected(&a, &b, 0);
    CHECK_EQ(go_write(a, http, sizeof(http) - 1), (ssize_t)sizeof(http) - 1);
    CHECK_EQ(go_tls_server(&t, b, server_config, later()), -EPROTO);
    CHECK_STR(go_tls_error_text(), "client: handshake failed: http request");
    CHECK_EQ(go_close_fd(a), 0);
    CHECK_EQ(go_close_fd(b), 0);
}

static void reads(void)
{
    go_tls *c, *s;
    char buf[4];
    secured(&c, &s, client_config, server_config, 0);
    CHECK_EQ(go_tls_read_until(s, buf, 1, SOON), -ETIMEDOUT);
    CHECK_STR(go_tls_error_text(), "read: the deadline has passed");
    CHECK_EQ(go_tls_read_until(s, buf, 1, 0), -ETIMEDOUT);
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_timer *timer = go_after_func(5 * GO_MILLISECOND, cancel_it, go_context_hold(ctx));
    CHECK_EQ(go_tls_read_ctx(s, buf, 1, ctx), -ECANCELED);
    go_timer_drop(timer);

    /* The descriptor's, moved while the call waits. */
    CHECK_EQ(go_set_read_deadline(go_tls_fd(s), later()), 0);
    timer = go_after_func(5 * GO_MILLISECOND, go_set_read_deadline, go_tls_fd(s), 1);
    CHECK_EQ(go_tls_read(s, buf, 1), -ETIMEDOUT);
    go_timer_drop(timer);
    CHECK_EQ(go_tls_write(c, "abcd", 4), 4);
    CHECK_EQ(go_tls_read(s, buf, 1), -ETIMEDOUT); /* though there is something */
    CHECK_EQ(go_set_read_deadline(go_tls_fd(s), GO_FOREVER), 0);

    /* What is there is had, whatever the bound; nothing has been lost. */
    CHECK_EQ(go_wait_readable_until(go_tls_fd(s), later()), 0);
    CHECK_EQ(go_tls_read_ctx(s, buf, 1, ctx), 1);
    CHECK_EQ(go_tls_read_until(s, buf + 1, 1, 0), 1);
    read_all(s, buf + 2, 2);
    CHECK_EQ(memcmp(buf, "abcd", 4), 0);
    CHECK_EQ(go_tls_read(s, buf, 0), 0);
    go_context_drop(ctx);
    close_both(c, s);
}

static void fill(go_tls *t, const char *data, size_t n, go_chan(int) out)
{
    go_send(out, (int)go_tls_write_until(t, data, n, SOON));
}

static void writes(void)
{
    go_tls *c, *s;
    size_t n = 8 << 20;
    char *data = calloc(1, n), buf[10];
    int r;
    secured(&c, &s, client_config, server_config, 8192);
    CHECK_EQ(go_tls_write_until(c, "abcd", 4, 0), 4); /* there is room now */
    read_all(s, buf, 4);
    CHECK_EQ(go_set_write_deadline(go_tls_fd(s), 1), 0);
    CHECK_EQ(go_tls_write(s, "abcd", 4), -ETIMEDOUT); /* though there is */
    CHECK_EQ(go_tls_close(c), 0);
    go_tls_drop(c);
    go_tls_drop(s);
    secured(&c, &s, client_config, server_config, 8192);

    go_chan(int) out = go_make(int, 0);
    go(fill, c, data, n, out); /* more than the kernel takes */
    CHECK(go_recv(out, &r));
    CHECK_EQ(r, -ETIMEDOUT);
    CHECK_EQ(go_tls_write(c, "x", 1), -ETIMEDOUT);
    CHECK_STR(go_tls_error_text(), "write: the deadline has passed");
    CHECK_EQ(go_tls_close_write(c), -ETIMEDOUT);
    CHECK_EQ(go_tls_write(s, "answer", 6), 6);
    read_all(c, buf, 6);
    CHECK_EQ(go_tls_close(c), 0);
    ssize_t got;
    while ((got = go_tls_read_until(s, data, n, later())) > 0)
        continue;
    CHECK_EQ(got, -ECONNABORTED); /* it was never said that this is all */
    go_tls_drop(c);
    go_tls_drop(s);
    go_drop(out);
    free(data);
}

static void hold_role(go_tls *t, go_chan(int) out)
{
    char c;
    go_send(out, 0);
    go_send(out, (int)go_tls_read_until(t, &c, 1, later()));
}

static void give_up(go_tls *t, go_chan(int) out)
{
    char c;
    go_send(out, 0);
    go_send(out, (int)go_tls_read_until(t, &c, 1, SOON));
}

/* Who waits for another's read has his own bound. */
static void waiting_for_another(void)
{
    go_tls *c, *s;
    char buf;
    int r;
    go_chan(int) out = go_make(int, 0);
    secured(&c, &s, client_config, server_config, 0);
    go(hold_role, s, out);
    CHECK(go_recv(out, &r));
    CHECK_EQ(go_tls_read_until(s, &buf, 1, SOON), -ETIMEDOUT);
    CHECK_EQ(go_tls_write(c, "x", 1), 1);
    CHECK(go_recv(out, &r));
    CHECK_EQ(r, 1);
    close_both(c, s);

    /* And takes over when the other gives up. */
    secured(&c, &s, client_config, server_config, 0);
    go_chan(int) early = go_make(int, 0);
    go(give_up, s, early);
    CHECK(go_recv(early, &r));
    go(hold_role, s, out);
    CHECK(go_recv(out, &r));
    CHECK(go_recv(early, &r));
    CHECK_EQ(r, -ETIMEDOUT);
    CHECK_EQ(go_tls_write(c, "x", 1), 1);
    CHECK(go_recv(out, &r));
    CHECK_EQ(r, 1);
    go_drop(early);
    close_both(c, s);
    go_drop(out);
}

int main(void)
{
    client_config = config_for(NULL, NULL);
    server_config = config_for("server", NULL);
    silent_peer();
    hangs_up();
    not_tls();
    reads();
    writes();
    waiting_for_another();
    go_tls_config_drop(client_config);
    go_tls_config_drop(server_config);
}
