/* SPDX-License-Identifier: MIT */
/* The client against openssl s_server: verified or refused, TLS 1.2 and 1.3, ALPN, client
 * certificates, key updates, the end with and without close_notify. */
#include "tls_test.h"

/* The port of a server that has said "ACCEPT 127.0.0.1:PORT". */
static const char *accepting(struct process *p, char *address)
{
    const char *at = expect(p, "ACCEPT ");
    while (!strchr(at, '\n'))
        at = expect(p, "\n");
    at = strstr(p->said, "ACCEPT ");
    CHECK_EQ(sscanf(at, "ACCEPT %63s", address), 1);
    return address;
}

#define SERVER "s_server", "-accept", "127.0.0.1:0", "-cert"

/* Reverses each line. */
static void reversed(go_tls *t)
{
    char buf[6] = "";
    CHECK_EQ(go_tls_write(t, "abcde\n", 6), 6);
    read_all(t, buf, 6);
    CHECK_EQ(memcmp(buf, "edcba\n", 6), 0);
}

static void versions(void)
{
    static const struct {
        const char *flag, *name, *cipher;
    } v[] = {
        { "-tls1_2", "TLSv1.2", "ECDHE-ECDSA-" },
        { "-tls1_3", "TLSv1.3", "TLS_AES_" },
    };
    const char *const h2[] = { "h2", "http/1.1", NULL };
    go_tls_options o = { .alpn = h2 };
    const go_tls_config *client = config_for(NULL, &o);
    for (int i = 0; i < 2; i++) {
        struct process p;
        char address[64];
        go_tls *t;
        start(&p, SERVER, cert("server.pem"), "-key", cert("server.key"), "-rev", v[i].flag,
              "-alpn", "http/1.1", "-naccept", "2", NULL);
        CHECK_OK(go_tls_dial(&t, "tcp", accepting(&p, address), client, later()));
        CHECK_STR(go_tls_version(t), v[i].name);
        CHECK_HAS(go_tls_cipher(t), v[i].cipher);
        CHECK_STR(go_tls_alpn(t), "http/1.1");
        CHECK_STR(go_tls_peer_name(t), "127.0.0.1");
        reversed(t);
        reversed(t);
        CHECK_EQ(go_tls_close(t), 0);
        go_tls_drop(t);

        go_tls_options other = { .max_version = i ? GO_TLS_1_2 : 0, .min_version = GO_TLS_1_3 - i };
        const go_tls_config *c = config_for(NULL, &other);
        CHECK_EQ(go_tls_dial(&t, "tcp", address, c, later()), -EPROTO);
        CHECK_HAS(go_tls_error_text(), "127.0.0.1: the peer refused: protocol version");
        go_tls_config_drop(c);
        CHECK_EQ(finish(&p), 0);
    }
    go_tls_config_drop(client);
}

static void refused(const char *name, int err, const char *text)
{
    struct process p;
    char address[64], host[80], pem[32], key[32];
    go_tls *t;
    const go_tls_config *client = config_for(NULL, NULL);
    snprintf(pem, sizeof(pem), "%s.pem", name);
    snprintf(key, sizeof(key), "%s.key", name);
    start(&p, SERVER, cert(pem), "-key", cert(key), "-naccept", "1", NULL);
    accepting(&p, address);
    snprintf(host, sizeof(host), "localhost%s", strchr(address, ':'));
    CHECK_EQ(go_tls_dial(&t, "tcp", host, client, later()), err);
    CHECK(!t);
    CHECK_HAS(go_tls_error_text(), text);
    (void)finish(&p);
    go_tls_config_drop(client);
}

static void no_protocol_agreed(void)
{
    struct process p;
    char address[64];
    go_tls *t;
    const char *const h3[] = { "h3", NULL };
    go_tls_options o = { .alpn = h3 };
    const go_tls_config *client = config_for(NULL, &o);
    start(&p, SERVER, cert("server.pem"), "-key", cert("server.key"), "-alpn", "h2", "-naccept",
          "1", NULL);
    int err = go_tls_dial(&t, "tcp", accepting(&p, address), client, later());
    /* Old ones go on without a protocol, newer ones refuse. */
    if (err == 0) {
        CHECK_STR(go_tls_alpn(t), "");
        go_tls_drop(t);
    } else {
        CHECK_EQ(err, -EPROTO);
        CHECK_HAS(go_tls_error_text(), "no application protocol");
    }
    (void)finish(&p);
    go_tls_config_drop(client);
}

static void client_certificate(void)
{
    const go_tls_config *alice = config_for("alice", NULL), *nobody = config_for(NULL, NULL);
    struct process p;
    char address[64], buf[1];
    go_tls *t;
    start(&p, SERVER, cert("server.pem"), "-key", cert("server.key"), "-rev", "-Verify", "1",
          "-verify_return_error", "-CAfile", cert("ca.pem"), "-naccept", "2", NULL);
    CHECK_OK(go_tls_dial(&t, "tcp", accepting(&p, address), alice, later()));
    reversed(t);
    expect(&p, "CN = alice");
    CHECK_EQ(go_tls_close(t), 0);
    go_tls_drop(t);
    /* In TLS 1.3 the client is done before the server looks. */
    CHECK_OK(go_tls_dial(&t, "tcp", address, nobody, later()));
    CHECK_EQ(go_tls_read_until(t, buf, 1, later()), -EPROTO);
    CHECK_STR(go_tls_error_text(), "127.0.0.1: the peer refused: certificate required");
    go_tls_drop(t);
    (void)finish(&p);
    go_tls_config_drop(alice);
    go_tls_config_drop(nobody);
}

/* "K": new keys from the server, and it wants new ones from us. */
static void key_update(void)
{
    const go_tls_config *client = config_for(NULL, NULL);
    struct process p;
    char address[64], buf[8] = "";
    go_tls *t;
    start(&p, SERVER, cert("server.pem"), "-key", cert("server.key"), "-naccept", "1", NULL);
    CHECK_OK(go_tls_dial(&t, "tcp", accepting(&p, address), client, later()));
    for (int i = 0; i < 5; i++) {
        forget(&p);
        if (i) { /* after the first line the tickets have been read, and nothing else comes */
            tell(&p, "K\n");
            CHECK_EQ(go_wait_readable_until(go_tls_fd(t), later()), 0);
        }
        tell(&p, "hello\n");
        read_all(t, buf, 6);
        CHECK_EQ(memcmp(buf, "hello\n", 6), 0);
        CHECK_EQ(go_tls_write(t, "world\n", 6), 6);
        expect(&p, "world\n");
    }
    tell(&p, "Q\n"); /* it leaves without a goodbye */
    CHECK_EQ(go_tls_read_until(t, buf, 1, later()), -ECONNABORTED);
    go_tls_drop(t);
    (void)finish(&p);
    go_tls_config_drop(client);
}

/* A page, and a goodbye. */
static void page(void)
{
    const go_tls_config *client = config_for(NULL, NULL);
    struct process p;
    char address[64], *buf = calloc(1, 65536);
    size_t got = 0;
    ssize_t r;
    go_tls *t;
    start(&p, SERVER, cert("server.pem"), "-key", cert("server.key"), "-www", NULL);
    CHECK_OK(go_tls_dial(&t, "tcp", accepting(&p, address), client, later()));
    CHECK_EQ(go_tls_write(t, "GET / HTTP/1.0\r\n\r\n", 18), 18);
    while ((r = go_tls_read_until(t, buf + got, 65535 - got, later())) > 0)
        got += (size_t)r;
    CHECK_EQ(r, 0);
    CHECK_HAS(buf, "HTTP/1.0 200 ok");
    go_tls_drop(t);
    stop(&p);
    free(buf);
    go_tls_config_drop(client);
}

static void killed(void)
{
    const go_tls_config *client = config_for(NULL, NULL);
    struct process p;
    char address[64], buf[1];
    go_tls *t;
    start(&p, SERVER, cert("server.pem"), "-key", cert("server.key"), "-rev", NULL);
    CHECK_OK(go_tls_dial(&t, "tcp", accepting(&p, address), client, later()));
    reversed(t);
    kill(p.pid, SIGKILL);
    int err = (int)go_tls_read_until(t, buf, 1, later());
    CHECK(err == -ECONNABORTED || err == -ECONNRESET);
    go_tls_drop(t);
    CHECK_EQ(finish(&p), 128 + SIGKILL);
    go_tls_config_drop(client);
}

int main(void)
{
    versions();
    refused("expired", -EKEYEXPIRED, "localhost: certificate has expired: valid until 2021");
    refused("wrong", -EKEYREJECTED, "localhost: host name mismatch");
    refused("unknown", -EKEYREJECTED, "localhost: unknown authority: CN=stranger");
    refused("selfsigned", -EKEYREJECTED, "self-signed");
    no_protocol_agreed();
    client_certificate();
    key_update();
    page();
    killed();
}
