/* SPDX-License-Identifier: MIT */
/* A server of OpenSSL whose ciphertext the test carries itself, so that it can stop in the
 * middle of a message, and answer late. */
#ifndef TESTS_TLS_PEER_H
#define TESTS_TLS_PEER_H

#include "tls_test.h"

#include <openssl/ssl.h>

struct peer {
    SSL_CTX *ctx;
    SSL *ssl;
    int fd;
    BIO *in, *out; /* the ssl's: what came, and what is to go */
};

/* A ticket that takes many records. */
static inline int large_ticket(SSL *ssl, void *arg)
{
    static char much[2000];
    (void)arg;
    return SSL_SESSION_set1_ticket_appdata(SSL_get_session(ssl), much, sizeof(much));
}

static inline SSL_TICKET_RETURN any_ticket(SSL *ssl, SSL_SESSION *s, const unsigned char *name,
                                           size_t len, SSL_TICKET_STATUS status, void *arg)
{
    (void)ssl, (void)s, (void)name, (void)len, (void)status, (void)arg;
    return SSL_TICKET_RETURN_IGNORE;
}

static inline void peer_init(struct peer *p, int fd, int version)
{
    p->fd = fd;
    p->ctx = SSL_CTX_new(TLS_server_method());
    CHECK(SSL_CTX_use_certificate_file(p->ctx, cert("server.pem"), SSL_FILETYPE_PEM) == 1);
    CHECK(SSL_CTX_use_PrivateKey_file(p->ctx, cert("server.key"), SSL_FILETYPE_PEM) == 1);
    CHECK(SSL_CTX_set_session_ticket_cb(p->ctx, large_ticket, any_ticket, NULL) == 1);
    SSL_CTX_set_num_tickets(p->ctx, 1);
    SSL_CTX_set_max_proto_version(p->ctx, version);
    p->ssl = SSL_new(p->ctx);
    p->in = BIO_new(BIO_s_mem());
    p->out = BIO_new(BIO_s_mem());
    SSL_set_bio(p->ssl, p->in, p->out);
    SSL_set_accept_state(p->ssl);
    SSL_set_max_send_fragment(p->ssl, 512);
}

static inline void peer_end(struct peer *p)
{
    SSL_free(p->ssl);
    SSL_CTX_free(p->ctx);
    CHECK_EQ(go_close_fd(p->fd), 0);
}

/* peer_hear - take what comes, once.  How many bytes; 0 at the end. */
static inline ssize_t peer_hear(struct peer *p)
{
    char buf[16384];
    ssize_t r = go_read_until(p->fd, buf, sizeof(buf), later());
    CHECK(r >= 0);
    if (r > 0)
        CHECK_EQ(BIO_write(p->in, buf, (int)r), r);
    return r;
}

/* peer_pending - how much it wants to say. */
static inline size_t peer_pending(struct peer *p)
{
    return BIO_ctrl_pending(p->out);
}

/* peer_say - at most n bytes of that. */
static inline void peer_say(struct peer *p, size_t n)
{
    char buf[4096];
    while (n > 0 && peer_pending(p)) {
        int k = BIO_read(p->out, buf, (int)(n < sizeof(buf) ? n : sizeof(buf)));
        CHECK(k > 0);
        CHECK_EQ(go_write_until(p->fd, buf, (size_t)k, later()), k);
        n -= (size_t)k;
    }
}

/* peer_shake - the handshake, but for the ticket at its end in TLS 1.3, which is pending. */
static inline void peer_shake(struct peer *p)
{
    while (SSL_do_handshake(p->ssl) != 1) {
        peer_say(p, SIZE_MAX);
        CHECK(peer_hear(p) > 0);
    }
    if (SSL_version(p->ssl) == TLS1_2_VERSION)
        peer_say(p, SIZE_MAX); /* a Finished stands behind it */
}

/* peer_read - n bytes of data. */
static inline void peer_read(struct peer *p, char *buf, int n)
{
    for (int got = 0; got < n;) {
        int r = SSL_read(p->ssl, buf + got, n - got);
        if (r > 0)
            got += r;
        else
            CHECK(peer_hear(p) > 0);
    }
}

#endif
