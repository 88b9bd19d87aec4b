/* SPDX-License-Identifier: MIT */
/* What a server goes by: the name that the client asks for, and its protocols.
 *
 * Certificates are chosen by a callback of OpenSSL, which waits for nothing.  The user's
 * function may wait, panic, or take its time, so it is not called from inside OpenSSL: the
 * first callback of the handshake keeps the name and has the handshake stop (CHOOSE_ASKED);
 * the function runs on the goroutine's own frames (tls_choose_ask), and the handshake goes
 * on (CHOOSE_GO_ON) or ends with an alert (CHOOSE_REFUSE). */
#include "internal.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

/* No host has other bytes, and what is said of it has to be one line. */
static bool is_printable(const unsigned char *p, size_t n)
{
    while (n > 0 && *p > ' ' && *p < 0x7f)
        p++, n--;
    return n == 0;
}

/* The extension is a list of names, each with a type and a length; type 0 is a host. */
static char *name_in_hello(SSL *ssl)
{
    const unsigned char *p;
    size_t len, n;
    if (!SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &p, &len))
        return strdup("");
    if (len < 5 || (size_t)(p[0] << 8 | p[1]) != len - 2 || p[2] != TLSEXT_NAMETYPE_host_name)
        return strdup("");
    n = (size_t)(p[3] << 8 | p[4]);
    if (n > len - 5 || n > TLSEXT_MAXLEN_host_name || !is_printable(p + 5, n))
        return strdup("");
    return strndup((const char *)p + 5, n);
}

static int on_hello(SSL *ssl, int *alert, void *arg)
{
    go_tls *t = SSL_get_app_data(ssl);
    (void)arg;
    switch (t->choosing) {
    case CHOOSE_NOT:
        t->hello_name = name_in_hello(ssl);
        if (!t->hello_name)
            break;
        t->choosing = CHOOSE_ASKED;
        return SSL_CLIENT_HELLO_RETRY;
    case CHOOSE_ASKED:
        return SSL_CLIENT_HELLO_RETRY;
    case CHOOSE_GO_ON:
        return SSL_CLIENT_HELLO_SUCCESS;
    case CHOOSE_REFUSE:
        *alert = SSL_AD_UNRECOGNIZED_NAME;
        return SSL_CLIENT_HELLO_ERROR;
    }
    *alert = SSL_AD_INTERNAL_ERROR;
    return SSL_CLIENT_HELLO_ERROR;
}

static bool is_for(const struct tls_pair *p, const char *name)
{
    return X509_check_host(p->cert, name, 0,
                           X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                               X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                           NULL) == 1;
}

/* The first for each type of key of those that are made for name; of all, without one. */
static int show_certificates(SSL *ssl, const go_tls_config *c, const char *name)
{
    int types[8], n = 0;
    for (size_t i = 0; i < c->npairs; i++) {
        const struct tls_pair *p = &c->pairs[i];
        int type = EVP_PKEY_base_id(p->key), k = 0;
        while (k < n && types[k] != type)
            k++;
        if (k < n || n == sizeof(types) / sizeof(*types) || (name && !is_for(p, name)))
            continue;
        if (n == 0)
            SSL_certs_clear(ssl);
        if (!SSL_use_cert_and_key(ssl, p->cert, p->key, p->chain, 1))
            return 0;
        types[n++] = type;
    }
    ERR_clear_error(); /* a certificate without names is no error here */
    return 1;
}

/* The SSL_CTX has the first pair already: it stays if no other is better. */
static int on_certificate(SSL *ssl, void *arg)
{
    const go_tls *t = SSL_get_app_data(ssl);
    (void)arg;
    if (!SSL_is_server(ssl) || t->config->npairs < 2)
        return 1;
    return show_certificates(ssl, t->config, SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name));
}

static int on_alpn(SSL *ssl, const unsigned char **out, unsigned char *len,
                   const unsigned char *offered, unsigned n, void *arg)
{
    const go_tls *t = SSL_get_app_data(ssl);
    (void)arg;
    if (t->config->alpn_len == 0)
        return SSL_TLSEXT_ERR_NOACK;
    /* Points into one of the two lists; both live as long as the handshake. */
    unsigned char *chosen;
    if (SSL_select_next_proto(&chosen, len, t->config->alpn, t->config->alpn_len, offered, n) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

/* Only its answer counts: the client is told that its name was heard. */
static int on_name(SSL *ssl, int *alert, void *arg)
{
    (void)ssl, (void)alert, (void)arg;
    return SSL_TLSEXT_ERR_OK;
}

void tls_choose_init(go_tls_config *c)
{
    if (c->choose)
        SSL_CTX_set_client_hello_cb(c->ctx, on_hello, NULL);
    SSL_CTX_set_tlsext_servername_callback(c->ctx, on_name);
    SSL_CTX_set_cert_cb(c->ctx, on_certificate, NULL);
    SSL_CTX_set_alpn_select_cb(c->ctx, on_alpn, NULL);
}

/* Go on with another config.  What an SSL copied from its SSL_CTX when it was made is set
 * again; the rest comes with the other SSL_CTX.  Takes the hold. */
static int take_config(go_tls *t, const go_tls_config *c)
{
    go_tls_config_drop(t->config);
    t->config = c;
    ERR_clear_error();
    if (!SSL_set_SSL_CTX(t->ssl, c->ctx) || !SSL_set_min_proto_version(t->ssl, c->min_version) ||
        !SSL_set_max_proto_version(t->ssl, c->max_version) ||
        !SSL_set_num_tickets(t->ssl, c->no_tickets ? 0 : 1))
        return tls_error_openssl(-EPROTO, "choose");
    if (c->no_tickets)
        SSL_set_options(t->ssl, SSL_OP_NO_TICKET);
    else
        SSL_clear_options(t->ssl, SSL_OP_NO_TICKET);
    return tls_verify_init(t);
}

static void abandon(go_tls **t)
{
    if (*t)
        tls_free(*t);
}

int tls_choose_ask(go_tls *t)
{
    const go_tls_config *chosen;
    {
        /* If it panics, nobody else knows of the connection; its descriptor is not ours. */
        go_tls *left = t;
        go_defer(abandon, &left);
        chosen = t->config->choose(t->hello_name, t->config->choose_arg);
        left = NULL;
    }
    t->choosing = CHOOSE_GO_ON;
    if (!chosen)
        t->choosing = CHOOSE_REFUSE;
    else if (chosen->npairs)
        return take_config(t, chosen);
    else
        go_tls_config_drop(chosen);
    return chosen ? tls_error(-EINVAL, "choose: its config has no certificate") : 0;
}
