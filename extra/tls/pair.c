/* SPDX-License-Identifier: MIT */
/* Certificates, keys and authorities, from files or memory. */
#include "internal.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

/* PEM to read, and what to call it when it is wrong. */
static int pem_open(BIO **out, const char *file, const char *pem, const char *what)
{
    *out = NULL;
    if (!file) {
        *out = BIO_new_mem_buf(pem, -1);
        return *out ? 0 : tls_error_openssl(-ENOMEM, what);
    }
    FILE *f = fopen(file, "re");
    if (!f)
        return tls_error_errno(-errno, file);
    *out = BIO_new_fp(f, BIO_CLOSE);
    if (!*out) {
        fclose(f);
        return tls_error_openssl(-ENOMEM, file);
    }
    return 0;
}

/* The end of the text is an error to OpenSSL. */
static bool pem_is_over(void)
{
    unsigned long e = ERR_peek_last_error();
    if (ERR_GET_LIB(e) != ERR_LIB_PEM || ERR_GET_REASON(e) != PEM_R_NO_START_LINE)
        return false;
    ERR_clear_error();
    return true;
}

static int give_password(char *buf, int size, int writing, void *password)
{
    (void)writing;
    size_t n = password ? strlen(password) : 0;
    if (!password || n > (size_t)size)
        return -1;
    memcpy(buf, password, n);
    return (int)n;
}

/* Have OpenSSL decode the extensions now, and not while several share the certificate. */
static void look_inside(X509 *cert)
{
    X509_check_purpose(cert, -1, 0);
}

static int load_chain(struct tls_pair *p, BIO *in, const char *what)
{
    ERR_clear_error();
    p->cert = PEM_read_bio_X509(in, NULL, NULL, NULL);
    if (!p->cert)
        return pem_is_over() ? tls_error(-EPROTO, "%s: there is no certificate in it", what)
                             : tls_error_openssl(-EPROTO, what);
    p->chain = sk_X509_new_null();
    X509 *above;
    while (p->chain && (above = PEM_read_bio_X509(in, NULL, NULL, NULL))) {
        look_inside(above);
        if (sk_X509_push(p->chain, above) > 0)
            continue;
        X509_free(above);
        return tls_error_openssl(-ENOMEM, what);
    }
    if (!p->chain || !pem_is_over())
        return tls_error_openssl(-EPROTO, what);
    look_inside(p->cert);
    return 0;
}

static int no_key(const char *what)
{
    unsigned long e = ERR_peek_last_error();
    const char *reason = ERR_reason_error_string(e);
    ERR_clear_error();
    if (ERR_GET_LIB(e) == ERR_LIB_OSSL_DECODER || !reason)
        return tls_error(-EPROTO, "%s: there is no key in it", what);
    return tls_error(-EPROTO, "%s: the key cannot be read: %s; is the password right?", what,
                     reason);
}

static int load_key(struct tls_pair *p, BIO *in, const char *password, const char *what)
{
    ERR_clear_error();
    p->key = PEM_read_bio_PrivateKey(in, NULL, give_password, (void *)(uintptr_t)password);
    if (!p->key)
        return no_key(what);
    if (X509_check_private_key(p->cert, p->key) == 1)
        return 0;
    ERR_clear_error();
    return tls_error(-EPROTO, "%s: not the key of the certificate", what);
}

int tls_pair_load(struct tls_pair *out, const go_tls_pair *from)
{
    const char *cert = from->cert_file ? from->cert_file : "cert_pem";
    const char *key = from->key_file ? from->key_file : "key_pem";
    BIO *in;
    memset(out, 0, sizeof(*out));
    if ((!from->cert_file && !from->cert_pem) || (!from->key_file && !from->key_pem))
        return tls_error(-EINVAL, "pairs: a certificate and its key are needed");
    int err = pem_open(&in, from->cert_file, from->cert_pem, cert);
    if (err == 0)
        err = load_chain(out, in, cert);
    BIO_free(in);
    if (err)
        return err;
    err = pem_open(&in, from->key_file, from->key_pem, key);
    if (err == 0)
        err = load_key(out, in, from->password, key);
    BIO_free(in);
    return err;
}

void tls_pair_free(struct tls_pair *p)
{
    X509_free(p->cert);
    EVP_PKEY_free(p->key);
    sk_X509_pop_free(p->chain, X509_free);
}

/* Each is trusted, and named to clients that are asked for a certificate. */
static int trust_pem(SSL_CTX *ctx, const char *file, const char *pem, const char *what)
{
    BIO *in;
    int n = 0, err = pem_open(&in, file, pem, what);
    X509 *ca;
    ERR_clear_error();
    while (err == 0 && (ca = PEM_read_bio_X509(in, NULL, NULL, NULL))) {
        look_inside(ca);
        if (!X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx), ca) ||
            !SSL_CTX_add_client_CA(ctx, ca))
            err = tls_error_openssl(-ENOMEM, what);
        X509_free(ca);
        n++;
    }
    BIO_free(in);
    if (err)
        return err;
    if (!pem_is_over())
        return tls_error_openssl(-EPROTO, what);
    return n ? 0 : tls_error(-EPROTO, "%s: there is no certificate in it", what);
}

int tls_trust(SSL_CTX *ctx, const go_tls_options *o, bool *given)
{
    int err = 0;
    *given = o->ca_file || o->ca_dir || o->ca_pem;
    ERR_clear_error();
    if (!*given)
        return SSL_CTX_set_default_verify_paths(ctx)
                   ? 0
                   : tls_error_openssl(-EPROTO, "the system's authorities");
    if (o->ca_file)
        err = trust_pem(ctx, o->ca_file, NULL, o->ca_file);
    if (err == 0 && o->ca_pem)
        err = trust_pem(ctx, NULL, o->ca_pem, "ca_pem");
    if (err == 0 && o->ca_dir && !SSL_CTX_load_verify_dir(ctx, o->ca_dir))
        err = tls_error_openssl(-EPROTO, o->ca_dir);
    return err;
}
