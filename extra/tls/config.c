/* SPDX-License-Identifier: MIT */
/* Options into a configuration: an SSL_CTX, and what stands beside it. */
#include "internal.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

/* The faster AES first: nobody breaks either. */
#define CIPHERS     "ECDHE+AESGCM+AES128:ECDHE+AESGCM:ECDHE+CHACHA20"
#define CIPHERS_1_3 "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"

static int check(const go_tls_options *o)
{
    int low = o->min_version ? o->min_version : GO_TLS_1_2;
    int high = o->max_version ? o->max_version : GO_TLS_1_3;
    if (low < GO_TLS_1_2 || high > GO_TLS_1_3)
        return tls_error(-EINVAL, "min_version, max_version: GO_TLS_1_2 or GO_TLS_1_3");
    if (low > high)
        return tls_error(-EINVAL, "min_version is above max_version");
    if (o->npairs && !o->pairs)
        return tls_error(-EINVAL, "npairs without pairs");
    if (o->client_auth < GO_TLS_ANYBODY || o->client_auth > GO_TLS_REQUIRE_CERT)
        return tls_error(-EINVAL, "client_auth: no such rule");
    if (o->client_auth != GO_TLS_ANYBODY && !o->ca_file && !o->ca_dir && !o->ca_pem)
        return tls_error(-EINVAL, "client_auth: whose certificates are good is to be said by "
                                  "ca_file, ca_dir or ca_pem");
    return 0;
}

static int set_alpn(go_tls_config *c, const char *const *list)
{
    size_t len = 0, n;
    for (int i = 0; list && list[i]; i++) {
        n = strlen(list[i]);
        if (n == 0 || n > 255)
            return tls_error(-EINVAL, "alpn: a name has 1 to 255 bytes");
        len += 1 + n;
    }
    if (len > 65535)
        return tls_error(-EINVAL, "alpn: too many names");
    if (len == 0)
        return 0;
    unsigned char *at = c->alpn = malloc(len);
    if (!at)
        return tls_error_errno(-ENOMEM, "alpn");
    for (int i = 0; list[i]; i++) {
        n = strlen(list[i]);
        *at++ = (unsigned char)n;
        memcpy(at, list[i], n);
        at += n;
    }
    c->alpn_len = (unsigned)len;
    return SSL_CTX_set_alpn_protos(c->ctx, c->alpn, c->alpn_len) == 0
               ? 0
               : tls_error_openssl(-ENOMEM, "alpn");
}

static int set_pairs(go_tls_config *c, const go_tls_options *o)
{
    if (o->npairs == 0)
        return 0;
    c->pairs = calloc(o->npairs, sizeof(*c->pairs));
    if (!c->pairs)
        return tls_error_errno(-ENOMEM, "pairs");
    for (c->npairs = 0; c->npairs < o->npairs;) {
        int err = tls_pair_load(&c->pairs[c->npairs], &o->pairs[c->npairs]);
        c->npairs++; /* what has been loaded is freed with the rest */
        if (err)
            return err;
    }
    const struct tls_pair *p = c->pairs;
    ERR_clear_error();
    return SSL_CTX_use_cert_and_key(c->ctx, p->cert, p->key, p->chain, 1)
               ? 0
               : tls_error_openssl(-EPROTO, "pairs");
}

/* No compression and no renegotiation; sessions are resumed by tickets alone, and those
 * are sealed with a key that only this SSL_CTX has.  A config that was chosen seals with
 * the key of the one that had it chosen: by the context's name, which no other config has,
 * a ticket that was given under one is good under no other.  Else a client without a
 * certificate could take one from where none is asked for to where it is. */
static int set_protocol(go_tls_config *c, const go_tls_options *o)
{
    unsigned char id[SSL_MAX_SID_CTX_LENGTH];
    SSL_CTX *ctx = c->ctx;
    if (RAND_bytes(id, sizeof(id)) != 1)
        return tls_error_openssl(-EIO, "random numbers");
    SSL_CTX_set_options(ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                 SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                              SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    if (c->no_tickets)
        SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET);
    if (!SSL_CTX_set_num_tickets(ctx, c->no_tickets ? 0 : 1) ||
        !SSL_CTX_set_session_id_context(ctx, id, sizeof(id)) ||
        !SSL_CTX_set_min_proto_version(ctx, c->min_version) ||
        !SSL_CTX_set_max_proto_version(ctx, c->max_version))
        return tls_error_openssl(-EPROTO, "min_version, max_version");
    if (!SSL_CTX_set_cipher_list(ctx, o->ciphers ? o->ciphers : CIPHERS))
        return tls_error_openssl(-EINVAL, "ciphers");
    if (!SSL_CTX_set_ciphersuites(ctx, CIPHERS_1_3))
        return tls_error_openssl(-EPROTO, "TLS 1.3");
    /* A certificate's common name is for people; hosts are in its alternative names. */
    X509_VERIFY_PARAM_set_hostflags(SSL_CTX_get0_param(ctx),
                                    X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    return 0;
}

static int config_fill(go_tls_config *c, const go_tls_options *o)
{
    int err;
    c->min_version = o->min_version ? o->min_version : GO_TLS_1_2;
    c->max_version = o->max_version; /* 0: the newest that OpenSSL knows */
    c->client_auth = o->client_auth;
    c->no_tickets = o->no_tickets;
    c->insecure_skip_verify = o->insecure_skip_verify;
    c->choose = o->choose;
    c->choose_arg = o->choose_arg;
    ERR_clear_error();
    if (!(c->ctx = SSL_CTX_new(TLS_method())))
        return tls_error_openssl(-ENOMEM, "OpenSSL");
    if (o->server_name && !(c->server_name = strdup(o->server_name)))
        return tls_error_errno(-ENOMEM, "server_name");
    if ((err = set_protocol(c, o)) || (err = set_alpn(c, o->alpn)) || (err = set_pairs(c, o)))
        return err;
    tls_choose_init(c);
    return tls_trust(c->ctx, o, &c->trusts);
}

static void config_free(go_tls_config *c)
{
    SSL_CTX_free(c->ctx);
    for (size_t i = 0; i < c->npairs; i++)
        tls_pair_free(&c->pairs[i]);
    free(c->pairs);
    free(c->server_name);
    free(c->alpn);
    free(c);
}

int go_tls_config_new(go_tls_config **config, const go_tls_options *o)
{
    static const go_tls_options all_default;
    if (!config)
        return tls_error(-EINVAL, "config: NULL");
    *config = NULL;
    if (!o)
        o = &all_default;
    int err = check(o);
    if (err)
        return err;
    go_tls_config *c = calloc(1, sizeof(*c));
    if (!c)
        return tls_error_errno(-ENOMEM, "config");
    c->refs = 1;
    err = config_fill(c, o);
    if (err) {
        config_free(c);
        return err;
    }
    *config = c;
    return 0;
}

/* What is const to everybody is only its count here. */
static uint32_t *refs_of(const go_tls_config *c)
{
    return (uint32_t *)(uintptr_t)&c->refs;
}

const go_tls_config *go_tls_config_hold(const go_tls_config *config)
{
    if (config)
        __atomic_add_fetch(refs_of(config), 1, __ATOMIC_RELAXED);
    return config;
}

void go_tls_config_drop(const go_tls_config *config)
{
    /* Release: what this holder did; acquire: who frees has seen what all did. */
    if (config && __atomic_sub_fetch(refs_of(config), 1, __ATOMIC_ACQ_REL) == 0)
        config_free((go_tls_config *)(uintptr_t)config);
}

/* Made at the first use, and kept. */
int tls_config_or_default(const go_tls_config **out, const go_tls_config *config)
{
    static go_mutex lock;
    static go_tls_config *made; /* lock */
    int err = 0;
    if (!config) {
        go_mutex_lock(&lock);
        if (!made)
            err = go_tls_config_new(&made, NULL);
        config = made;
        go_mutex_unlock(&lock);
    }
    *out = go_tls_config_hold(config);
    return err;
}
