/* SPDX-License-Identifier: MIT */
/* What the handshake agreed on, and what the peer's certificates say. */
#include "internal.h"

#include <openssl/err.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

/* "" also of one that is cut by a zero, is more than a line, or too long. */
static char *common_name(X509 *cert)
{
    X509_NAME *subject = X509_get_subject_name(cert);
    char name[256];
    int n = X509_NAME_get_text_by_NID(subject, NID_commonName, NULL, 0);
    if (n <= 0 || n >= (int)sizeof(name))
        return strdup("");
    X509_NAME_get_text_by_NID(subject, NID_commonName, name, sizeof(name));
    for (int i = 0; i < n; i++)
        if ((unsigned char)name[i] < ' ' || name[i] == 0x7f)
            return strdup("");
    return strdup(name);
}

static char *first_name(X509 *cert)
{
    char *names = tls_names(cert, 1);
    if (names && *names) {
        names[strcspn(names, ",")] = 0;
        return names;
    }
    free(names);
    return common_name(cert);
}

static char *name_of_peer(go_tls *t, X509 *cert)
{
    const char *matched = SSL_get0_peername(t->ssl);
    if (!cert)
        return strdup("");
    if (t->verified && !t->server)
        return strdup(matched ? matched : t->host);
    return first_name(cert);
}

int tls_peer_known(go_tls *t)
{
    const unsigned char *alpn;
    unsigned len;
    /* What choose went by: a client that is asked to say hello again could say another. */
    const char *name =
        t->hello_name ? t->hello_name : SSL_get_servername(t->ssl, TLSEXT_NAMETYPE_host_name);
    X509 *cert = SSL_get0_peer_certificate(t->ssl);
    SSL_get0_alpn_selected(t->ssl, &alpn, &len);
    ERR_clear_error();
    t->verified = cert && (SSL_get_verify_mode(t->ssl) & SSL_VERIFY_PEER) &&
                  SSL_get_verify_result(t->ssl) == X509_V_OK;
    t->alpn = alpn ? strndup((const char *)alpn, len) : strdup("");
    t->server_name = strdup(name ? name : "");
    t->peer_name = name_of_peer(t, cert);
    ERR_clear_error();
    if (!t->alpn || !t->server_name || !t->peer_name)
        return tls_error_errno(-ENOMEM, "connection");
    return 0;
}

const char *go_tls_alpn(go_tls *t)
{
    return t->alpn;
}

const char *go_tls_server_name(go_tls *t)
{
    return t->server_name;
}

const char *go_tls_peer_name(go_tls *t)
{
    return t->peer_name;
}

bool go_tls_verified(go_tls *t)
{
    return t->verified;
}

const char *go_tls_version(go_tls *t)
{
    return SSL_get_version(t->ssl);
}

const char *go_tls_cipher(go_tls *t)
{
    return SSL_get_cipher_name(t->ssl);
}

int go_tls_fd(go_tls *t)
{
    go_mutex_lock(&t->lock);
    int fd = t->closed ? -1 : t->fd;
    go_mutex_unlock(&t->lock);
    return fd;
}

/* --- Certificates ----------------------------------------------------------------------- */

static int64_t seconds(const ASN1_TIME *at)
{
    struct tm tm;
    return ASN1_TIME_to_tm(at, &tm) ? (int64_t)timegm(&tm) : 0;
}

static void cert_free(go_tls_certificate *c)
{
    free((void *)(uintptr_t)c->subject);
    free((void *)(uintptr_t)c->issuer);
    free((void *)(uintptr_t)c->names);
    OPENSSL_free((void *)(uintptr_t)c->der);
    free(c);
}

static go_tls_certificate *cert_new(X509 *cert)
{
    go_tls_certificate *c = calloc(1, sizeof(*c));
    unsigned char *der = NULL;
    if (!c)
        return NULL;
    int len = i2d_X509(cert, &der);
    c->subject = tls_name_text(X509_get_subject_name(cert));
    c->issuer = tls_name_text(X509_get_issuer_name(cert));
    c->names = tls_names(cert, 1000);
    c->not_before = seconds(X509_get0_notBefore(cert));
    c->not_after = seconds(X509_get0_notAfter(cert));
    c->der = der;
    c->der_len = len > 0 ? (size_t)len : 0;
    if (!c->subject || !c->issuer || !c->names || len <= 0) {
        cert_free(c);
        return NULL;
    }
    SHA256(der, (size_t)len, c->sha256);
    return c;
}

void tls_peer_free(go_tls *t)
{
    for (int i = 0; t->certs && t->certs[i]; i++)
        cert_free(t->certs[i]);
    free(t->certs);
    t->certs = NULL;
}

/* A server's own view of what a client sent begins above its certificate. */
static void make_certs(go_tls *t)
{
    X509 *leaf = SSL_get0_peer_certificate(t->ssl);
    STACK_OF(X509) *chain = t->verified ? SSL_get0_verified_chain(t->ssl) : NULL;
    if (!chain)
        chain = SSL_get_peer_cert_chain(t->ssl);
    int above = sk_X509_num(chain), n = 0;
    bool has_leaf = above > 0 && leaf && X509_cmp(sk_X509_value(chain, 0), leaf) == 0;
    t->certs = calloc((size_t)(above < 0 ? 0 : above) + 2, sizeof(*t->certs));
    bool ok = t->certs;
    if (ok && leaf)
        ok = (t->certs[n++] = cert_new(leaf));
    for (int i = has_leaf; ok && i < above; i++)
        ok = (t->certs[n++] = cert_new(sk_X509_value(chain, i)));
    if (!ok)
        tls_peer_free(t);
    ERR_clear_error();
}

const go_tls_certificate *go_tls_peer_certificate(go_tls *t, int i)
{
    const go_tls_certificate *found = NULL;
    go_mutex_lock(&t->lock);
    if (!t->certs)
        make_certs(t);
    for (int k = 0; i >= 0 && t->certs && t->certs[k]; k++)
        if (k == i)
            found = t->certs[k];
    go_mutex_unlock(&t->lock);
    return found;
}
