/* SPDX-License-Identifier: MIT */
/* Who could pass for another: by a ticket that was given to him where nobody asks who he is,
 * by a certificate whose name reads like another's, by a host that is none. */
#include "tls_test.h"

#include <openssl/ssl.h>

/* --- A ticket is good where it was given, and nowhere else ------------------------------- */

struct house {
    const go_tls_config *open, *members;
};

static const go_tls_config *in_house(const char *name, void *arg)
{
    const struct house *h = arg;
    return go_tls_config_hold(strcmp(name, "b.example") == 0 ? h->members : h->open);
}

static SSL_SESSION *ticket;
static bool resumed;

static int keep_ticket(SSL *ssl, SSL_SESSION *s)
{
    (void)ssl;
    SSL_SESSION_free(ticket);
    ticket = s;
    return 1;
}

/* Blocks its thread. */
static void come(int fd, const char *name, SSL_CTX *ctx)
{
    char c = 'x';
    SSL *ssl = SSL_new(ctx);
    CHECK_EQ(fcntl(fd, F_SETFL, 0), 0);
    SSL_set_fd(ssl, fd);
    SSL_set_tlsext_host_name(ssl, name);
    if (ticket)
        SSL_set_session(ssl, ticket);
    resumed = false;
    if (SSL_connect(ssl) == 1 && SSL_write(ssl, &c, 1) == 1 && SSL_read(ssl, &c, 1) == 1)
        resumed = SSL_session_reused(ssl);
    SSL_shutdown(ssl); /* or OpenSSL thinks the ticket bad */
    SSL_free(ssl);
    CHECK_EQ(go_close_fd(fd), 0);
}

static int receive(const go_tls_config *server, const char *name, SSL_CTX *client)
{
    go_waitgroup wg = { 0 };
    go_tls *t;
    char c;
    int a, b;
    connected(&a, &b, 0);
    go_waitgroup_go(&wg, come, a, name, client);
    int err = go_tls_server(&t, b, server, later());
    if (err) {
        CHECK_EQ(go_close_fd(b), 0);
    } else {
        CHECK_STR(go_tls_server_name(t), name);
        CHECK_EQ(go_tls_read_until(t, &c, 1, later()), 1);
        CHECK_EQ(go_tls_write_until(t, &c, 1, later()), 1);
        CHECK_EQ(go_tls_read_until(t, &c, 1, later()), 0);
        go_tls_drop(t);
    }
    go_waitgroup_wait(&wg);
    return err;
}

static void tickets(int version)
{
    go_tls_options for_members = { .client_auth = GO_TLS_REQUIRE_CERT };
    struct house h = { config_for("a", NULL), config_for("b", &for_members) };
    go_tls_options asks = { .choose = in_house, .choose_arg = &h };
    const go_tls_config *server = config_for(NULL, &asks);
    SSL_CTX *client = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_max_proto_version(client, version);
    SSL_CTX_set_session_cache_mode(client,
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(client, keep_ticket);
    CHECK_EQ(receive(server, "b.example", client), -EKEYREJECTED);
    CHECK_EQ(receive(server, "a.example", client), 0);
    CHECK(ticket && !resumed);
    CHECK_EQ(receive(server, "a.example", client), 0);
    CHECK(resumed);
    CHECK_EQ(receive(server, "b.example", client), -EKEYREJECTED);
    SSL_SESSION_free(ticket);
    ticket = NULL;
    SSL_CTX_free(client);
    go_tls_config_drop(server);
    go_tls_config_drop(h.open);
    go_tls_config_drop(h.members);
}

/* --- Names that are not what they seem ---------------------------------------------------- */

static void seems(const char *name)
{
    go_tls_options o = { .client_auth = GO_TLS_REQUIRE_CERT };
    const go_tls_config *server = config_for("server", &o), *client = config_for(name, NULL);
    struct serve_call call;
    go_tls *t;
    int err;
    shake(&call, &t, &err, "localhost", client, server, 0);
    CHECK_EQ(err, 0);
    CHECK_EQ(call.result, 0);
    CHECK(go_tls_verified(call.t));
    CHECK_STR(go_tls_peer_name(call.t), "nobody");
    CHECK_STR(go_tls_peer_certificate(call.t, 0)->names, "");
    close_both(t, call.t);
    go_tls_config_drop(server);
    go_tls_config_drop(client);
}

static void no_host(const char *host)
{
    go_tls *t = (go_tls *)1;
    const go_tls_config *client = config_for(NULL, NULL);
    CHECK_EQ(go_tls_client(&t, 0, host, client, later()), -EINVAL);
    CHECK(!t);
    CHECK_STR(go_tls_error_text(), ".example: a host does not begin with a dot");
    go_tls_config_drop(client);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    tickets(TLS1_2_VERSION);
    tickets(TLS1_3_VERSION);
    seems("zero");
    seems("comma");
    seems("line");
    no_host(".example");
    no_host(".example.");
}
