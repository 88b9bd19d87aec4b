/* SPDX-License-Identifier: MIT */
/* A client believes only a server that has proved to be the host it asked for; each way
 * not to be that has its own error and text.  The server is told why it was refused. */
#include "tls_test.h"

static const struct bad {
    const char *server, *host; /* certificate, and whom the client wants */
    int err;
    const char *text, *alert;
} bads[] = {
    { "expired", "localhost", -EKEYEXPIRED,
      "localhost: certificate has expired: valid until 2021-01-01 00:00:00 UTC",
      "client: the peer refused: certificate expired" },
    { "future", "localhost", -EKEYREJECTED,
      "localhost: certificate is not valid yet: valid from 2090-01-01 00:00:00 UTC",
      "client: the peer refused: bad certificate" },
    { "wrong", "localhost", -EKEYREJECTED,
      "localhost: host name mismatch: the certificate is for elsewhere.example, 192.0.2.1",
      "client: the peer refused: bad certificate" },
    { "wrong", "127.0.0.1", -EKEYREJECTED,
      "127.0.0.1: host name mismatch: the certificate is for elsewhere.example, 192.0.2.1",
      "client: the peer refused: bad certificate" },
    { "server", "192.0.2.1", -EKEYREJECTED,
      "192.0.2.1: host name mismatch: the certificate is for localhost, 127.0.0.1, ::1",
      "client: the peer refused: bad certificate" },
    { "wild", "deep.er.wild.example", -EKEYREJECTED,
      "deep.er.wild.example: host name mismatch: the certificate is for *.wild.example",
      "client: the peer refused: bad certificate" },
    { "nameless", "localhost", -EKEYREJECTED,
      "localhost: host name mismatch: the certificate is for no host",
      "client: the peer refused: bad certificate" },
    { "unknown", "localhost", -EKEYREJECTED, "localhost: unknown authority: CN=stranger",
      "client: the peer refused: unknown CA" },
    { "leaf", "localhost", -EKEYREJECTED, "localhost: unknown authority: CN=between",
      "client: the peer refused: unknown CA" },
    { "selfsigned", "localhost", -EKEYREJECTED,
      "localhost: unknown authority: the certificate is self-signed, by CN=localhost",
      "client: the peer refused: unknown CA" },
    { "clientonly", "localhost", -EKEYREJECTED,
      "localhost: certificate: ", "client: the peer refused: unsupported certificate" },
};

static const struct good {
    const char *server, *host, *peer, *asked;
} goods[] = {
    { "server", "localhost", "localhost", "localhost" },
    { "server", "LocalHost.", "localhost", "LocalHost" },
    { "server", "127.0.0.1", "127.0.0.1", "" },
    { "server", "::1", "::1", "" },
    { "server", "[::1]", "::1", "" },
    { "server", "::1%lo", "::1", "" },
    { "wild", "any.wild.example", "*.wild.example", "any.wild.example" },
    { "chain", "localhost", "localhost", "localhost" },
    { "rsa", "localhost", "localhost", "localhost" },
};

static void refuses(const struct bad *bad, int version)
{
    go_tls_options o = { .min_version = version, .max_version = version };
    const go_tls_config *client = config_for(NULL, &o), *server = config_for(bad->server, NULL);
    struct serve_call call;
    go_tls *t;
    int err;
    shake(&call, &t, &err, bad->host, client, server, 0);
    CHECK_HAS(go_tls_error_text(), bad->text);
    CHECK_EQ(err, bad->err);
    CHECK(!t);
    /* In TLS 1.3 the server is done before it hears of it. */
    if (call.result) {
        CHECK_EQ(call.result, -EPROTO);
        CHECK_HAS(call.text, bad->alert);
    } else {
        char c;
        CHECK_EQ(go_tls_read_until(call.t, &c, 1, later()), -EPROTO);
        CHECK_STR(go_tls_error_text(), bad->alert);
        CHECK_EQ(go_tls_write_until(call.t, &c, 1, later()), -EPROTO);
        CHECK_STR(go_tls_error_text(), bad->alert);
        go_tls_drop(call.t);
    }
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

static void accepts(const struct good *good)
{
    const go_tls_config *client = config_for(NULL, NULL), *server = config_for(good->server, NULL);
    struct serve_call call;
    go_tls *t;
    int err;
    shake(&call, &t, &err, good->host, client, server, 0);
    CHECK_OK(err);
    CHECK_EQ(call.result, 0);
    CHECK(go_tls_verified(t) && !go_tls_verified(call.t));
    CHECK_STR(go_tls_peer_name(t), good->peer);
    CHECK_STR(go_tls_server_name(call.t), good->asked);
    CHECK_STR(go_tls_peer_name(call.t), "");
    CHECK(!go_tls_peer_certificate(call.t, 0));
    CHECK_EQ(go_tls_write(t, "x", 1), 1);
    char c = 0;
    read_all(call.t, &c, 1);
    CHECK_EQ(c, 'x');
    close_both(t, call.t);
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

/* The chain that was verified ends at the root, though that was not sent. */
static void chain(void)
{
    const go_tls_config *client = config_for(NULL, NULL), *server = config_for("chain", NULL);
    go_tls *c, *s;
    static const char *const subjects[] = { "CN=leaf", "CN=between", "CN=ca" };
    secured(&c, &s, client, server, 0);
    for (int i = 0; i < 3; i++) {
        const go_tls_certificate *cert = go_tls_peer_certificate(c, i);
        CHECK(cert && cert == go_tls_peer_certificate(c, i));
        CHECK_STR(cert->subject, subjects[i]);
        CHECK_STR(cert->issuer, subjects[i < 2 ? i + 1 : 2]);
        CHECK(cert->not_before < cert->not_after && cert->der_len > 100);
        CHECK_EQ(cert->der[0], 0x30);
    }
    CHECK_STR(go_tls_peer_certificate(c, 0)->names, "localhost, 127.0.0.1, ::1");
    CHECK(!go_tls_peer_certificate(c, 3) && !go_tls_peer_certificate(c, -1));
    close_both(c, s);
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

/* Nothing is checked if that is what is asked for, and then nothing is called verified. */
static void insecure(void)
{
    go_tls_options o = { .insecure_skip_verify = true };
    const go_tls_config *client = config_for(NULL, &o), *server = config_for("selfsigned", NULL);
    struct serve_call call;
    go_tls *t;
    int err;
    for (int i = 0; i < 2; i++) {
        shake(&call, &t, &err, i ? "localhost" : NULL, client, server, 0);
        CHECK_OK(err);
        CHECK(!go_tls_verified(t));
        CHECK_STR(go_tls_peer_name(t), "localhost");
        CHECK_STR(go_tls_peer_certificate(t, 0)->issuer, "CN=localhost");
        close_both(t, call.t);
    }
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

/* The name in the options is the one that counts, for the question and for the check. */
static void other_name(void)
{
    go_tls_options o = { .server_name = "a.example" };
    const go_tls_config *client = config_for(NULL, &o), *server = config_for("a", NULL);
    struct serve_call call;
    go_tls *t;
    int err;
    shake(&call, &t, &err, "127.0.0.1", client, server, 0);
    CHECK_OK(err);
    CHECK_STR(go_tls_peer_name(t), "a.example");
    CHECK_STR(go_tls_server_name(call.t), "a.example");
    close_both(t, call.t);
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

/* The test's authority is not one of the system's. */
static void default_authorities(void)
{
    const go_tls_config *server = config_for("server", NULL);
    struct serve_call call;
    go_tls *t;
    int err;
    shake(&call, &t, &err, "localhost", NULL, server, 0);
    CHECK_EQ(err, -EKEYREJECTED);
    CHECK_STR(go_tls_error_text(), "localhost: unknown authority: CN=ca");
    go_tls_drop(call.t);
    go_tls_config_drop(server);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(bads) / sizeof(*bads); i++) {
        refuses(&bads[i], GO_TLS_1_2);
        refuses(&bads[i], GO_TLS_1_3);
    }
    for (size_t i = 0; i < sizeof(goods) / sizeof(*goods); i++)
        accepts(&goods[i]);
    chain();
    insecure();
    other_name();
    default_authorities();
}
