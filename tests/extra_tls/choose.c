/* SPDX-License-Identifier: MIT */
/* What a server decides by the client's wishes: the protocol, the certificate, a whole
 * config.  The function that chooses may wait, refuse, and panic. */
#include "tls_test.h"

struct agreed {
    int client_err, server_err;
    char protocol[32], name[64], client_text[512], server_text[512];
    bool verified;
};

static struct agreed agree(const go_tls_config *client, const go_tls_config *server,
                           const char *host)
{
    struct agreed a = { 0 };
    struct serve_call call;
    go_tls *t;
    shake(&call, &t, &a.client_err, host, client, server, 0);
    snprintf(a.client_text, sizeof(a.client_text), "%s", a.client_err ? go_tls_error_text() : "");
    a.server_err = call.result;
    snprintf(a.server_text, sizeof(a.server_text), "%s", call.text);
    if (t && call.t) {
        CHECK_STR(go_tls_alpn(t), go_tls_alpn(call.t));
        snprintf(a.protocol, sizeof(a.protocol), "%s", go_tls_alpn(t));
        snprintf(a.name, sizeof(a.name), "%s", go_tls_peer_certificate(t, 0)->subject);
        a.verified = go_tls_verified(call.t);
        char c = 'x';
        CHECK_EQ(go_tls_write(t, &c, 1), 1);
        read_all(call.t, &c, 1);
    }
    go_tls_drop(t);
    go_tls_drop(call.t);
    return a;
}

#define LIST(...)                                                                                  \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static void protocol(const char *const *wanted, const char *const *offered, const char *result)
{
    go_tls_options co = { .alpn = wanted }, so = { .alpn = offered };
    const go_tls_config *client = config_for(NULL, &co), *server = config_for("server", &so);
    struct agreed a = agree(client, server, "localhost");
    if (result) {
        CHECK_EQ(a.client_err, 0);
        CHECK_STR(a.protocol, result);
    } else {
        CHECK_EQ(a.client_err, -EPROTO);
        CHECK_EQ(a.server_err, -EPROTO);
        CHECK_STR(a.client_text, "localhost: the peer refused: no application protocol");
        CHECK_STR(a.server_text, "client: handshake failed: no application protocol");
    }
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

static void protocols(void)
{
    protocol(NULL, NULL, "");
    protocol(LIST("h2"), NULL, "");
    protocol(NULL, LIST("h2"), "");
    protocol(LIST("http/1.1", "h2"), LIST("h2", "http/1.1"), "h2");
    protocol(LIST("a", "b"), LIST("c", "b"), "b");
    protocol(LIST("a", "b"), LIST("c", "d"), NULL);
}

/* Two types of key for one name: the client's wish decides. */
static void key_types(void)
{
    const char *const names[] = { "a", "rsa", "server" };
    go_tls_pair pairs[3];
    char paths[6][600];
    for (int i = 0; i < 3; i++) {
        snprintf(paths[2 * i], sizeof(paths[0]), "%s.pem", cert(names[i]));
        snprintf(paths[2 * i + 1], sizeof(paths[0]), "%s.key", cert(names[i]));
        pairs[i] = (go_tls_pair){ .cert_file = paths[2 * i], .key_file = paths[2 * i + 1] };
    }
    go_tls_config *server;
    CHECK_OK(go_tls_config_new(&server, &(go_tls_options){ .pairs = pairs, .npairs = 3 }));
    go_tls_options rsa = { .max_version = GO_TLS_1_2, .ciphers = "ECDHE-RSA-AES128-GCM-SHA256" };
    go_tls_options ec = { .max_version = GO_TLS_1_2, .ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256" };
    const go_tls_config *with_rsa = config_for(NULL, &rsa), *with_ec = config_for(NULL, &ec);
    CHECK_STR(agree(with_rsa, server, "localhost").name, "CN=rsa");
    CHECK_STR(agree(with_ec, server, "localhost").name, "CN=server");
    CHECK_STR(agree(with_ec, server, "a.example").name, "CN=a");
    CHECK_EQ(agree(with_rsa, server, "a.example").client_err, -EPROTO);
    CHECK_STR(agree(with_rsa, server, "127.0.0.1").name, "CN=rsa");
    go_tls_config_drop(server);
    go_tls_config_drop(with_rsa);
    go_tls_config_drop(with_ec);
}

/* --- choose ------------------------------------------------------------------------------ */

struct house {
    const go_tls_config *a, *b;
    int asked;
};

static const go_tls_config *in_house(const char *name, void *arg)
{
    struct house *h = arg;
    h->asked++;
    for (int i = 0; i < 10; i++)
        go_yield(); /* perhaps to another thread */
    go_sleep(GO_MILLISECOND);
    if (strcmp(name, "a.example") == 0)
        return go_tls_config_hold(h->a);
    if (strcmp(name, "b.example") == 0)
        return go_tls_config_hold(h->b);
    if (strcmp(name, "panic.example") == 0)
        go_panic("in the house");
    return NULL;
}

static void by_function(void)
{
    go_tls_options for_b = { .alpn = LIST("only-b"),
                             .client_auth = GO_TLS_REQUIRE_CERT,
                             .min_version = GO_TLS_1_3,
                             .no_tickets = true };
    struct house h = { config_for("a", NULL), config_for("b", &for_b), 0 };
    go_tls_options asks = { .choose = in_house, .choose_arg = &h };
    const go_tls_config *server = config_for(NULL, &asks);
    go_tls_options co = { .alpn = LIST("only-b", "other") };
    const go_tls_config *client = config_for(NULL, &co), *alice = config_for("alice", &co);
    co.max_version = GO_TLS_1_2;
    const go_tls_config *old = config_for("alice", &co);

    struct agreed a = agree(client, server, "a.example");
    CHECK_EQ(a.client_err, 0);
    CHECK_STR(a.name, "CN=a");
    CHECK_STR(a.protocol, "");
    CHECK(!a.verified);
    CHECK_EQ(agree(old, server, "a.example").client_err, 0);
    a = agree(alice, server, "b.example");
    CHECK_EQ(a.client_err, 0);
    CHECK_STR(a.name, "CN=b");
    CHECK_STR(a.protocol, "only-b");
    CHECK(a.verified);
    a = agree(client, server, "b.example");
    CHECK_EQ(a.server_err, -EKEYREJECTED);
    a = agree(old, server, "b.example");
    CHECK_EQ(a.server_err, -EPROTO);
    CHECK_HAS(a.client_text, "protocol version");
    CHECK_EQ(h.asked, 5);

    a = agree(client, server, "c.example");
    CHECK_EQ(a.server_err, -EPROTO);
    CHECK_STR(a.server_text, "client: nothing here is called \"c.example\"");
    CHECK_STR(a.client_text, "c.example: the peer refused: unrecognized name");
    a = agree(client, server, "127.0.0.1");
    CHECK_STR(a.server_text, "client: nothing here is called \"\"");
    CHECK_EQ(h.asked, 7);
    go_tls_config_drop(client);
    go_tls_config_drop(alice);
    go_tls_config_drop(old);
    go_tls_config_drop(server);
    go_tls_config_drop(h.a);
    go_tls_config_drop(h.b);
}

static void say_hello(int fd, const go_tls_config *client)
{
    go_tls *t;
    int err = go_tls_client(&t, fd, "panic.example", client, later());
    CHECK(err == -ECONNABORTED || err == -ECONNRESET);
    CHECK_EQ(go_close_fd(fd), 0);
}

static void hear_it(int fd, const go_tls_config *server)
{
    go_tls *t;
    CHECK_EQ(go_tls_server(&t, fd, server, later()), 0);
}

/* A panic passes; nothing is left behind, and the descriptor is still the caller's. */
static void panics(void)
{
    struct house h = { 0 };
    go_tls_options asks = { .choose = in_house, .choose_arg = &h };
    const go_tls_config *server = config_for(NULL, &asks), *client = config_for(NULL, NULL);
    go_recovered r;
    go_waitgroup wg = { 0 };
    int a, b;
    connected(&a, &b, 0);
    go_waitgroup_go(&wg, say_hello, a, client);
    CHECK(go_recover(&r, hear_it, b, server));
    CHECK_HAS(r.text, "in the house");
    CHECK_EQ(go_close_fd(b), 0);
    go_waitgroup_wait(&wg);
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

int main(void)
{
    protocols();
    key_types();
    by_function();
    panics();
}
