/* SPDX-License-Identifier: MIT */
/* Options that do not go together, files that are not there or not what they should be: each
 * is refused when the config is made, with a text that names it.  Certificates may come from
 * memory, keys be locked. */
#include "tls_test.h"

static void refused(const go_tls_options *o, int err, const char *text)
{
    go_tls_config *c = (void *)&c;
    CHECK_EQ(go_tls_config_new(&c, o), err);
    CHECK(!c);
    CHECK_HAS(go_tls_error_text(), text);
}

static void refused_pair(go_tls_pair pair, int err, const char *text)
{
    refused(&(go_tls_options){ .pairs = &pair, .npairs = 1 }, err, text);
}

static char *slurp(const char *path)
{
    char *text = calloc(1, 10000);
    FILE *f = fopen(path, "r");
    CHECK(f && fread(text, 1, 9999, f) > 0);
    fclose(f);
    return text;
}

static void bad_options(void)
{
    refused(&(go_tls_options){ .min_version = 0x0302 }, -EINVAL, "GO_TLS_1_2");
    refused(&(go_tls_options){ .max_version = 0x0305 }, -EINVAL, "GO_TLS_1_2");
    refused(&(go_tls_options){ .min_version = GO_TLS_1_3, .max_version = GO_TLS_1_2 }, -EINVAL,
            "min_version is above");
    refused(&(go_tls_options){ .npairs = 1 }, -EINVAL, "npairs");
    refused(&(go_tls_options){ .client_auth = GO_TLS_IF_GIVEN }, -EINVAL, "ca_file, ca_dir");
    refused(&(go_tls_options){ .ciphers = "NO-SUCH" }, -EINVAL, "ciphers: no cipher match");
    refused(&(go_tls_options){ .alpn = (const char *const[]){ "", NULL } }, -EINVAL, "alpn");
    refused(&(go_tls_options){ .ca_file = cert("none.pem") }, -ENOENT, "none.pem: No such file");
    refused(&(go_tls_options){ .ca_file = cert("ca.key") }, -EPROTO, "ca.key: there is no cert");
    refused(&(go_tls_options){ .ca_pem = "" }, -EPROTO, "ca_pem: there is no certificate");
    refused(&(go_tls_options){ .ca_pem = "-----BEGIN CERTIFICATE-----\nAAAA\n" }, -EPROTO,
            "ca_pem: ");
    CHECK_EQ(go_tls_config_new(NULL, NULL), -EINVAL);
}

static void bad_pairs(void)
{
    const char *pem = cert("server.pem"), *key = cert("server.key");
    char *text = slurp(pem);
    refused_pair((go_tls_pair){ .cert_file = pem }, -EINVAL, "a certificate and its key");
    refused_pair((go_tls_pair){ .cert_file = cert("x.pem"), .key_file = key }, -ENOENT,
                 "x.pem: No");
    refused_pair((go_tls_pair){ .cert_file = key, .key_file = key }, -EPROTO, "no certificate");
    refused_pair((go_tls_pair){ .cert_file = pem, .key_file = pem }, -EPROTO, "no key");
    refused_pair((go_tls_pair){ .cert_file = pem, .key_file = cert("a.key") }, -EPROTO,
                 "a.key: not the key of the certificate");
    refused_pair((go_tls_pair){ .cert_file = pem, .key_pem = "" }, -EPROTO,
                 "key_pem: there is no key");
    refused_pair((go_tls_pair){ .cert_file = cert("locked.pem"), .key_file = cert("locked.key") },
                 -EPROTO, "locked.key: the key cannot be read: bad ");
    refused_pair((go_tls_pair){ .cert_file = cert("locked.pem"),
                                .key_file = cert("locked.key"),
                                .password = "wrong" },
                 -EPROTO, "locked.key: the key cannot be read: bad ");
    text[strlen(text) / 2] = '!';
    refused_pair((go_tls_pair){ .cert_pem = text, .key_file = key }, -EPROTO, "cert_pem: ");
    free(text);
}

static void from_memory(void)
{
    char *ca = slurp(cert("ca.pem")), *pem = slurp(cert("server.pem")),
         *key = slurp(cert("locked.key"));
    go_tls_pair pair = { .cert_pem = pem, .key_pem = key, .password = "secret" };
    go_tls_config *client, *server;
    go_tls *c, *s;
    CHECK_OK(go_tls_config_new(&client, &(go_tls_options){ .ca_pem = ca }));
    CHECK_OK(go_tls_config_new(&server, &(go_tls_options){ .pairs = &pair, .npairs = 1 }));
    memset(ca, 0, strlen(ca)); /* nothing of it is used any more */
    memset(pem, 0, strlen(pem));
    memset(key, 0, strlen(key));
    free(ca);
    free(pem);
    free(key);
    secured(&c, &s, client, server, 0);
    CHECK(go_tls_config_hold(server) == server);
    go_tls_config_drop(client); /* the connections hold theirs */
    go_tls_config_drop(server);
    go_tls_config_drop(server);
    CHECK_EQ(go_tls_write(c, "x", 1), 1);
    char x = 0;
    read_all(s, &x, 1);
    CHECK_EQ(x, 'x');
    close_both(c, s);
    go_tls_config_drop(NULL);
    CHECK(!go_tls_config_hold(NULL));
}

static void several_authorities(void)
{
    go_tls_options o = { .ca_file = cert("both.pem") };
    const go_tls_config *client = config_for(NULL, &o);
    static const char *const names[] = { "server", "unknown" };
    for (int i = 0; i < 2; i++) {
        const go_tls_config *server = config_for(names[i], NULL);
        go_tls *c, *s;
        secured(&c, &s, client, server, 0);
        close_both(c, s);
        go_tls_config_drop(server);
    }
    go_tls_config_drop(client);
}

/* A certificate made here is as good as any, for the hosts it is for. */
static void self_signed(void)
{
    static const char *const hosts[] = { "localhost", "127.0.0.1", "::1", "other.example" };
    char *pem, *key;
    CHECK_OK(go_tls_self_signed(&pem, &key, "localhost, 127.0.0.1,::1"));
    go_tls_pair pair = { .cert_pem = pem, .key_pem = key };
    go_tls_options client_options = { .ca_pem = pem };
    go_tls_options server_options = { .pairs = &pair, .npairs = 1 };
    const go_tls_config *client = config_for(NULL, &client_options);
    const go_tls_config *server = config_for(NULL, &server_options);
    for (int i = 0; i < 4; i++) {
        struct serve_call call;
        go_tls *t;
        int err;
        shake(&call, &t, &err, hosts[i], client, server, 0);
        CHECK_EQ(err, i < 3 ? 0 : -EKEYREJECTED);
        if (i < 3)
            CHECK_STR(go_tls_peer_certificate(t, 0)->names, "localhost, 127.0.0.1, ::1");
        go_tls_drop(t);
        go_tls_drop(call.t);
    }
    go_tls_config_drop(client);
    go_tls_config_drop(server);
    free(pem);
    free(key);
    CHECK_EQ(go_tls_self_signed(&pem, &key, " , "), -EINVAL);
    CHECK_EQ(go_tls_self_signed(&pem, &key, "a b/c"), -EINVAL);
    CHECK(!pem && !key);
    CHECK_EQ(go_tls_self_signed(&pem, NULL, "a"), -EINVAL);
}

static void bad_calls(void)
{
    const go_tls_config *client = config_for(NULL, NULL), *server = config_for("server", NULL);
    go_tls *t = (void *)&t;
    int fds[2];
    CHECK_EQ(go_socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    CHECK_EQ(go_tls_server(&t, fds[0], NULL, 0), -EINVAL);
    CHECK(!t);
    CHECK_EQ(go_tls_server(&t, fds[0], client, 0), -EINVAL);
    CHECK_STR(go_tls_error_text(), "a server needs a certificate: pairs, or choose");
    CHECK_EQ(go_tls_client(&t, fds[0], NULL, client, 0), -EINVAL);
    CHECK_EQ(go_tls_client(&t, fds[0], "", client, 0), -EINVAL);
    CHECK_HAS(go_tls_error_text(), "a host is needed");
    CHECK_EQ(go_tls_client(&t, -1, "localhost", client, 0), -EINVAL);
    CHECK_EQ(go_tls_client(NULL, fds[0], "localhost", client, 0), -EINVAL);
    CHECK_EQ(go_tls_dial(NULL, "tcp", "localhost:1", client, 0), -EINVAL);
    CHECK(go_tls_dial(&t, "tcp", "localhost", client, 0) < 0);
    CHECK_HAS(go_tls_error_text(), "dial localhost: ");
    CHECK_EQ(go_close_fd(fds[0]), 0);
    CHECK_EQ(go_close_fd(fds[1]), 0);
    go_tls_config_drop(client);
    go_tls_config_drop(server);
}

/* Each goroutine has its own text. */
static void fails(go_waitgroup *done, int i)
{
    char path[64];
    CHECK_STR(go_tls_error_text(), "");
    snprintf(path, sizeof(path), "/none/%d", i);
    refused(&(go_tls_options){ .ca_file = path }, -ENOENT, path);
    go_yield();
    CHECK_HAS(go_tls_error_text(), path);
    go_waitgroup_done(done);
}

static void texts(void)
{
    go_waitgroup done = { 0 };
    go_waitgroup_add(&done, 20);
    for (int i = 0; i < 20; i++)
        go(fails, &done, i);
    go_waitgroup_wait(&done);
}

int main(void)
{
    texts();
    bad_options();
    bad_pairs();
    from_memory();
    several_authorities();
    self_signed();
    bad_calls();
}
