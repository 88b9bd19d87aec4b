/* SPDX-License-Identifier: MIT */
/* A certificate that vouches for itself. */
#include "internal.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, YEAR = 365 * 24 * HOUR };

static bool is_host(const char *s)
{
    return *s && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                           "0123456789.-_*:") == strlen(s);
}

static bool add_host(GENERAL_NAMES *names, const char *host)
{
    unsigned char number[16];
    int len = inet_pton(AF_INET, host, number) == 1    ? 4
              : inet_pton(AF_INET6, host, number) == 1 ? 16
                                                       : 0;
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_STRING *s =
        name ? ASN1_STRING_type_new(len ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING) : NULL;
    if (!s || !(len ? ASN1_STRING_set(s, number, len) : ASN1_STRING_set(s, host, -1))) {
        ASN1_STRING_free(s);
        GENERAL_NAME_free(name);
        return false;
    }
    GENERAL_NAME_set0_value(name, len ? GEN_IPADD : GEN_DNS, s);
    if (sk_GENERAL_NAME_push(names, name) > 0)
        return true;
    GENERAL_NAME_free(name);
    return false;
}

static int set_names(X509 *cert, const char *hosts)
{
    GENERAL_NAMES *names = sk_GENERAL_NAME_new_null();
    char *copy = strdup(hosts), *rest = NULL;
    bool ok = names && copy;
    int err = 0;
    for (char *h = ok ? strtok_r(copy, ", ", &rest) : NULL; h && ok;
         h = strtok_r(NULL, ", ", &rest)) {
        if (!is_host(h))
            err = tls_error(-EINVAL, "hosts: \"%s\" is no host", h);
        ok = err == 0 && add_host(names, h);
        if (ok && sk_GENERAL_NAME_num(names) == 1)
            ok =
                X509_NAME_add_entry_by_NID(X509_get_subject_name(cert), NID_commonName,
                                           MBSTRING_UTF8, (const unsigned char *)h, -1, -1, 0) == 1;
    }
    if (ok && sk_GENERAL_NAME_num(names) == 0)
        err = tls_error(-EINVAL, "hosts: none");
    ok = ok && X509_add1_ext_i2d(cert, NID_subject_alt_name, names, 0, 0) == 1;
    GENERAL_NAMES_free(names);
    free(copy);
    return err ? err : ok ? 0 : tls_error_openssl(-ENOMEM, "certificate");
}

static int fill(X509 *cert, EVP_PKEY *key, const char *hosts)
{
    unsigned char serial[8];
    BASIC_CONSTRAINTS leaf = { .ca = 0 };
    int err = set_names(cert, hosts);
    if (err)
        return err;
    if (RAND_bytes(serial, sizeof(serial)) != 1)
        return tls_error_openssl(-EIO, "certificate");
    serial[0] &= 0x7f;
    BIGNUM *number = BN_bin2bn(serial, sizeof(serial), NULL);
    bool ok = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(cert)) &&
              X509_set_version(cert, X509_VERSION_3) &&
              X509_gmtime_adj(X509_getm_notBefore(cert), -HOUR) &&
              X509_gmtime_adj(X509_getm_notAfter(cert), YEAR) &&
              X509_set_issuer_name(cert, X509_get_subject_name(cert)) &&
              X509_set_pubkey(cert, key) &&
              X509_add1_ext_i2d(cert, NID_basic_constraints, &leaf, 1, 0) == 1 &&
              X509_sign(cert, key, EVP_sha256()) > 0;
    BN_free(number);
    return ok ? 0 : tls_error_openssl(-ENOMEM, "certificate");
}

/* What b has, as text; frees b. */
static char *take_text(BIO *b, int written)
{
    char *data, *text = NULL;
    if (b && written) {
        long n = BIO_get_mem_data(b, &data);
        text = strndup(data, (size_t)n);
    }
    BIO_free(b);
    return text;
}

int go_tls_self_signed(char **cert_pem, char **key_pem, const char *hosts)
{
    if (!cert_pem || !key_pem || !hosts)
        return tls_error(-EINVAL, "cert_pem, key_pem, hosts: NULL");
    *cert_pem = *key_pem = NULL;
    ERR_clear_error();
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    int err = key && cert ? fill(cert, key, hosts) : tls_error_openssl(-ENOMEM, "certificate");
    if (err == 0) {
        BIO *b = BIO_new(BIO_s_mem());
        *cert_pem = take_text(b, b && PEM_write_bio_X509(b, cert));
        b = BIO_new(BIO_s_mem());
        *key_pem =
            take_text(b, b && PEM_write_bio_PKCS8PrivateKey(b, key, NULL, NULL, 0, NULL, NULL));
        if (!*cert_pem || !*key_pem)
            err = tls_error_openssl(-ENOMEM, "certificate");
    }
    if (err) {
        free(*cert_pem);
        free(*key_pem);
        *cert_pem = *key_pem = NULL;
    }
    EVP_PKEY_free(key);
    X509_free(cert);
    ERR_clear_error();
    return err;
}
