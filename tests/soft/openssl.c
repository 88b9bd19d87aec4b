/* SPDX-License-Identifier: MIT */
/* OpenSSL on default stacks: digests, RSA and EC keys, signatures, a certificate
 * and a whole TLS handshake in memory; its per-thread error queues and random
 * state are met by goroutines that change threads. */
#include "check.h"

#include <goroutine.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>

static void digest(go_waitgroup *wg)
{
    static const unsigned char want[] = { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea };
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned n;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    CHECK(ctx);
    for (int i = 0; i < 50; i++) {
        CHECK_EQ(EVP_DigestInit_ex(ctx, EVP_sha256(), NULL), 1);
        CHECK_EQ(EVP_DigestUpdate(ctx, "a", 1), 1);
        go_yield();
        CHECK_EQ(EVP_DigestUpdate(ctx, "bc", 2), 1);
        CHECK_EQ(EVP_DigestFinal_ex(ctx, out, &n), 1);
        CHECK_EQ(n, 32);
        CHECK(!memcmp(out, want, sizeof want));
    }
    EVP_MD_CTX_free(ctx);
    go_waitgroup_done(wg);
}

static void sign_and_verify(EVP_PKEY *key)
{
    unsigned char sig[1024];
    size_t n = sizeof sig;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    CHECK(ctx);
    CHECK_EQ(EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
    CHECK_EQ(EVP_DigestSign(ctx, sig, &n, (const unsigned char *)"text", 4), 1);
    CHECK_EQ(EVP_MD_CTX_reset(ctx), 1);
    go_yield();
    CHECK_EQ(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
    CHECK_EQ(EVP_DigestVerify(ctx, sig, n, (const unsigned char *)"text", 4), 1);
    CHECK_EQ(EVP_MD_CTX_reset(ctx), 1);
    CHECK_EQ(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
    CHECK(EVP_DigestVerify(ctx, sig, n, (const unsigned char *)"tex!", 4) != 1);
    ERR_clear_error();
    EVP_MD_CTX_free(ctx);
}

static EVP_PKEY *rsa_key(void)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
    CHECK(ctx);
    CHECK_EQ(EVP_PKEY_keygen_init(ctx), 1);
    CHECK_EQ(EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, 1024), 1);
    CHECK_EQ(EVP_PKEY_keygen(ctx, &key), 1);
    EVP_PKEY_CTX_free(ctx);
    return key;
}

static EVP_PKEY *ec_key(void)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
    CHECK(ctx);
    CHECK_EQ(EVP_PKEY_keygen_init(ctx), 1);
    CHECK_EQ(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx, NID_X9_62_prime256v1), 1);
    CHECK_EQ(EVP_PKEY_keygen(ctx, &key), 1);
    EVP_PKEY_CTX_free(ctx);
    return key;
}

static void keys(bool rsa, go_waitgroup *wg)
{
    EVP_PKEY *key = rsa ? rsa_key() : ec_key();
    sign_and_verify(key);
    EVP_PKEY_free(key);
    go_waitgroup_done(wg);
}

static X509 *self_signed(EVP_PKEY *key)
{
    X509 *cert = X509_new();
    CHECK(cert);
    X509_NAME *name = X509_get_subject_name(cert);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    CHECK_EQ(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                        (const unsigned char *)"localhost", -1, -1, 0),
             1);
    CHECK_EQ(X509_set_issuer_name(cert, name), 1);
    CHECK_EQ(X509_set_pubkey(cert, key), 1);
    CHECK(X509_sign(cert, key, EVP_sha256()) > 0);
    return cert;
}

/* One step of one side; between steps others run. */
static bool step(SSL *ssl)
{
    int rc = SSL_do_handshake(ssl);
    int err = SSL_get_error(ssl, rc);
    CHECK(rc == 1 || err == SSL_ERROR_WANT_READ || err == SSL_ERROR_WANT_WRITE);
    go_yield();
    return rc == 1;
}

static void handshake(go_waitgroup *wg)
{
    EVP_PKEY *key = ec_key();
    X509 *cert = self_signed(key);
    SSL_CTX *server_ctx = SSL_CTX_new(TLS_server_method());
    SSL_CTX *client_ctx = SSL_CTX_new(TLS_client_method());
    CHECK(server_ctx && client_ctx);
    CHECK_EQ(SSL_CTX_use_certificate(server_ctx, cert), 1);
    CHECK_EQ(SSL_CTX_use_PrivateKey(server_ctx, key), 1);
    CHECK_EQ(X509_STORE_add_cert(SSL_CTX_get_cert_store(client_ctx), cert), 1);
    SSL_CTX_set_verify(client_ctx, SSL_VERIFY_PEER, NULL);

    BIO *a, *b;
    CHECK_EQ(BIO_new_bio_pair(&a, 0, &b, 0), 1);
    SSL *server = SSL_new(server_ctx), *client = SSL_new(client_ctx);
    CHECK(server && client);
    SSL_set_bio(server, a, a);
    SSL_set_bio(client, b, b);
    SSL_set_accept_state(server);
    SSL_set_connect_state(client);
    bool up[2] = { false, false };
    for (int i = 0; i < 50 && !(up[0] && up[1]); i++) {
        up[0] = step(client);
        up[1] = step(server);
    }
    CHECK(up[0] && up[1]);

    char text[16] = "";
    CHECK_EQ(SSL_write(client, "over TLS", 8), 8);
    go_yield();
    CHECK_EQ(SSL_read(server, text, sizeof text), 8);
    CHECK(!memcmp(text, "over TLS", 8));
    SSL_free(client);
    SSL_free(server);
    SSL_CTX_free(client_ctx);
    SSL_CTX_free(server_ctx);
    X509_free(cert);
    EVP_PKEY_free(key);
    go_waitgroup_done(wg);
}

int main(void)
{
    int n = test_scale(10, 2);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 4 * n);
    for (int i = 0; i < n; i++) {
        go(digest, &wg);
        go(keys, true, &wg);
        go(keys, false, &wg);
        go(handshake, &wg);
    }
    go_waitgroup_wait(&wg);
}
