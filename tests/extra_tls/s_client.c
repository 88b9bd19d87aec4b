/* SPDX-License-Identifier: MIT */
/* The server against openssl s_client: it is verified, agrees on version and protocol,
 * shows the certificate for the name, asks for the client's, and hears key updates. */
#include "tls_test.h"

static char address[64];
static int listener;

/* The handshake with the next client, in what has been started. */
static int next(go_tls **t, const go_tls_config *config)
{
    int fd = go_accept_until(listener, NULL, NULL, later());
    CHECK(fd >= 0);
    int err = go_tls_server(t, fd, config, later());
    if (err)
        CHECK_EQ(go_close_fd(fd), 0);
    return err;
}

#define CLIENT "s_client", "-connect", address, "-CAfile", cert("ca.pem"), "-verify_return_error"

static void talks(const char *flag, const char *version)
{
    const char *const both[] = { "h2", "http/1.1", NULL };
    go_tls_options o = { .alpn = both };
    const go_tls_config *server = config_for("server", &o);
    struct process p;
    go_tls *t;
    char buf[6] = "";
    start(&p, CLIENT, flag, "-servername", "localhost", "-verify_hostname", "localhost", "-alpn",
          "http/1.1,h2", NULL);
    CHECK_OK(next(&t, server));
    CHECK_STR(go_tls_version(t), version);
    CHECK_STR(go_tls_alpn(t), "h2"); /* the server's choice */
    CHECK_STR(go_tls_server_name(t), "localhost");
    expect(&p, "Verify return code: 0 (ok)");
    tell(&p, "hello\n");
    read_all(t, buf, 6);
    CHECK_EQ(memcmp(buf, "hello\n", 6), 0);
    CHECK_EQ(go_tls_write(t, "how do you do\n", 14), 14);
    expect(&p, "how do you do\n");
    if (strcmp(version, "TLSv1.3") == 0) {
        tell(&p, "K\n");
        expect(&p, "KEYUPDATE");
        tell(&p, "again\n");
        read_all(t, buf, 6);
        CHECK_EQ(memcmp(buf, "again\n", 6), 0);
        CHECK_EQ(go_tls_write(t, "and again\n", 10), 10);
        expect(&p, "and again\n");
    }
    tell(&p, "Q\n");
    CHECK_EQ(go_tls_read_until(t, buf, 1, later()), 0);
    CHECK_EQ(go_tls_close(t), 0);
    go_tls_drop(t);
    CHECK_EQ(finish(&p), 0);
    CHECK_HAS(p.said, "ALPN protocol: h2");
    go_tls_config_drop(server);
}

/* The certificate that is made for the name is shown; without a name, and for an unknown
 * one, the first. */
static void shows(const char *flag, const char *name, const char *subject)
{
    const char *names[] = { "server", "a", "b", "wild" };
    go_tls_pair pairs[4];
    char paths[8][600];
    for (int i = 0; i < 4; i++) {
        snprintf(paths[2 * i], sizeof(paths[0]), "%s.pem", cert(names[i]));
        snprintf(paths[2 * i + 1], sizeof(paths[0]), "%s.key", cert(names[i]));
        pairs[i] = (go_tls_pair){ .cert_file = paths[2 * i], .key_file = paths[2 * i + 1] };
    }
    go_tls_config *server;
    CHECK_OK(go_tls_config_new(&server, &(go_tls_options){ .pairs = pairs, .npairs = 4 }));
    struct process p;
    go_tls *t;
    start(&p, CLIENT, flag, name, NULL);
    CHECK_OK(next(&t, server));
    CHECK_EQ(go_tls_close(t), 0);
    go_tls_drop(t);
    (void)finish(&p);
    CHECK_HAS(p.said, subject);
    go_tls_config_drop(server);
}

static void client_certificates(void)
{
    go_tls_options o = { .client_auth = GO_TLS_REQUIRE_CERT };
    const go_tls_config *strict = config_for("server", &o);
    o.client_auth = GO_TLS_IF_GIVEN;
    const go_tls_config *lenient = config_for("server", &o);
    struct process p;
    go_tls *t;

    start(&p, CLIENT, "-cert", cert("alice.pem"), "-key", cert("alice.key"), NULL);
    CHECK_OK(next(&t, strict));
    CHECK(go_tls_verified(t));
    CHECK_STR(go_tls_peer_name(t), "alice");
    CHECK_STR(go_tls_peer_certificate(t, 0)->subject, "CN=alice");
    CHECK_STR(go_tls_peer_certificate(t, 1)->subject, "CN=ca");
    go_tls_drop(t);
    (void)finish(&p);
    CHECK_HAS(p.said, "CN = ca"); /* whom the server trusts, in its request */

    start(&p, CLIENT, NULL);
    CHECK_EQ(next(&t, strict), -EKEYREJECTED);
    CHECK_STR(go_tls_error_text(), "client: it showed no certificate");
    (void)finish(&p);

    start(&p, CLIENT, "-cert", cert("mallory.pem"), "-key", cert("mallory.key"), NULL);
    CHECK_EQ(next(&t, lenient), -EKEYREJECTED);
    CHECK_STR(go_tls_error_text(), "client: unknown authority: CN=stranger");
    (void)finish(&p);

    start(&p, CLIENT, "-cert", cert("server.pem"), "-key", cert("server.key"), NULL);
    CHECK_OK(next(&t, lenient)); /* for any purpose, also a client's */
    CHECK_STR(go_tls_peer_name(t), "localhost");
    go_tls_drop(t);
    (void)finish(&p);

    start(&p, CLIENT, NULL);
    CHECK_OK(next(&t, lenient));
    CHECK(!go_tls_verified(t) && !go_tls_peer_certificate(t, 0));
    go_tls_drop(t);
    (void)finish(&p);
    go_tls_config_drop(strict);
    go_tls_config_drop(lenient);
}

static void refuses(void)
{
    const go_tls_config *server = config_for("unknown", NULL);
    const char *const h2[] = { "h2", NULL };
    go_tls_options o = { .alpn = h2, .min_version = GO_TLS_1_3 };
    const go_tls_config *strict = config_for("server", &o);
    struct process p;
    go_tls *t;
    char c;

    start(&p, CLIENT, NULL);
    int err = next(&t, server);
    if (err == 0) {
        err = (int)go_tls_read_until(t, &c, 1, later());
        go_tls_drop(t);
    }
    CHECK_EQ(err, -EPROTO);
    CHECK_STR(go_tls_error_text(), "client: the peer refused: unknown CA");
    (void)finish(&p);

    start(&p, CLIENT, "-alpn", "h3", NULL);
    CHECK_EQ(next(&t, strict), -EPROTO);
    CHECK_HAS(go_tls_error_text(), "no application protocol");
    (void)finish(&p);
    CHECK_HAS(p.said, "no application protocol");

    start(&p, CLIENT, "-tls1_2", NULL);
    CHECK_EQ(next(&t, strict), -EPROTO);
    CHECK_STR(go_tls_error_text(), "client: handshake failed: unsupported protocol");
    (void)finish(&p);
    go_tls_config_drop(server);
    go_tls_config_drop(strict);
}

/* A session is resumed by its ticket, unless none are given. */
static void resumes(bool tickets)
{
    go_tls_options o = { .no_tickets = !tickets };
    const go_tls_config *server = config_for("server", &o);
    struct process p;
    go_tls *t;
    char path[64], buf[4];
    snprintf(path, sizeof(path), "/tmp/go_tls_session.%d", (int)getpid());
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            start(&p, CLIENT, "-sess_out", path, NULL);
        else
            start(&p, CLIENT, "-sess_in", path, NULL);
        CHECK_OK(next(&t, server));
        CHECK_EQ(go_tls_write(t, "data\n", 5), 5);
        expect(&p, "data\n");
        tell(&p, "Q\n");
        CHECK_EQ(go_tls_read_until(t, buf, 1, later()), 0);
        go_tls_drop(t);
        (void)finish(&p);
        CHECK_HAS(p.said, i && tickets ? "Reused, TLS" : "New, TLS");
        if (!tickets)
            break;
    }
    unlink(path);
    go_tls_config_drop(server);
}

int main(void)
{
    listener = go_listen("tcp", "127.0.0.1:0");
    CHECK(listener >= 0);
    snprintf(address, sizeof(address), "127.0.0.1:%d", port_of(listener));
    talks("-tls1_2", "TLSv1.2");
    talks("-tls1_3", "TLSv1.3");
    shows("-servername", "a.example", "subject=CN = a\n");
    shows("-servername", "b.example", "subject=CN = b\n");
    shows("-servername", "x.wild.example", "subject=CN = wild\n");
    shows("-servername", "c.example", "subject=CN = server\n");
    shows("-noservername", NULL, "subject=CN = server\n");
    client_certificates();
    refuses();
    resumes(true);
    resumes(false);
    CHECK_EQ(go_close_fd(listener), 0);
}
