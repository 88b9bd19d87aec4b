/* SPDX-License-Identifier: MIT */
/* Who the other is: what is asked of it, and what is wrong with what it shows. */
#include "internal.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *bio_text(BIO *b)
{
    char *data;
    long n = b ? BIO_get_mem_data(b, &data) : -1; /* 0: perhaps no data at all */
    char *text = n > 0 ? strndup(data, (size_t)n) : n == 0 ? strdup("") : NULL;
    BIO_free(b);
    return text;
}

char *tls_name_text(const X509_NAME *name)
{
    BIO *b = BIO_new(BIO_s_mem());
    if (b)
        X509_NAME_print_ex(b, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    return bio_text(b);
}

/* What has other bytes in it is no host, and could look like another's name, or several. */
static bool is_host(const ASN1_IA5STRING *s)
{
    const unsigned char *p = ASN1_STRING_get0_data(s);
    int n = ASN1_STRING_length(s);
    for (int i = 0; i < n; i++)
        if (p[i] <= ' ' || p[i] >= 0x7f || p[i] == ',')
            return false;
    return n > 0;
}

static bool put_name(BIO *b, const GENERAL_NAME *name, bool first)
{
    const char *comma = first ? "" : ", ";
    char number[INET6_ADDRSTRLEN];
    if (name->type == GEN_DNS) {
        const ASN1_IA5STRING *s = name->d.dNSName;
        return is_host(s) && BIO_printf(b, "%s%.*s", comma, ASN1_STRING_length(s),
                                        (const char *)ASN1_STRING_get0_data(s)) > 0;
    }
    if (name->type == GEN_IPADD) {
        const ASN1_OCTET_STRING *s = name->d.iPAddress;
        int family = ASN1_STRING_length(s) == 4 ? AF_INET : AF_INET6;
        if (family == AF_INET6 && ASN1_STRING_length(s) != 16)
            return false;
        if (!inet_ntop(family, ASN1_STRING_get0_data(s), number, sizeof(number)))
            return false;
        return BIO_printf(b, "%s%s", comma, number) > 0;
    }
    return false;
}

char *tls_names(X509 *cert, int max)
{
    BIO *b = BIO_new(BIO_s_mem());
    GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    int n = 0;
    for (int i = 0; b && i < sk_GENERAL_NAME_num(names); i++) {
        if (n == max) {
            BIO_printf(b, ", ...");
            break;
        }
        n += put_name(b, sk_GENERAL_NAME_value(names, i), n == 0);
    }
    GENERAL_NAMES_free(names);
    return bio_text(b);
}

static void time_text(const ASN1_TIME *t, char *buf, size_t size)
{
    struct tm tm;
    if (!ASN1_TIME_to_tm(t, &tm) || !strftime(buf, size, "%Y-%m-%d %H:%M:%S UTC", &tm))
        snprintf(buf, size, "an unknown time");
}

/* Whose certificate, unless it is the peer's own. */
static char *text_of(int error, X509 *cert, int depth)
{
    char when[64];
    char *subject = tls_name_text(X509_get_subject_name(cert));
    char *issuer = tls_name_text(X509_get_issuer_name(cert));
    char *names = tls_names(cert, 8), *text = NULL;
    char *whose = tls_format(depth ? "certificate of %s" : "certificate", subject ? subject : "");
    if (!subject || !issuer || !names || !whose)
        goto out;
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        time_text(X509_get0_notAfter(cert), when, sizeof(when));
        text = tls_format("%s has expired: valid until %s", whose, when);
        break;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        time_text(X509_get0_notBefore(cert), when, sizeof(when));
        text = tls_format("%s is not valid yet: valid from %s", whose, when);
        break;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        text =
            tls_format("host name mismatch: the certificate is for %s", *names ? names : "no host");
        break;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        text = tls_format("unknown authority: the certificate is self-signed, by %s", issuer);
        break;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        text = tls_format("unknown authority: %s", issuer);
        break;
    default:
        text = tls_format("%s: %s", whose, X509_verify_cert_error_string(error));
    }
out:
    free(subject);
    free(issuer);
    free(names);
    free(whose);
    return text;
}

/* Runs inside OpenSSL: keeps the first thing that is wrong. */
static int on_verify(int ok, X509_STORE_CTX *store)
{
    const SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
    go_tls *t = SSL_get_app_data(ssl);
    X509 *cert = X509_STORE_CTX_get_current_cert(store);
    if (!ok && t->verify_error == X509_V_OK) {
        t->verify_error = X509_STORE_CTX_get_error(store);
        if (cert)
            t->verify_text = text_of(t->verify_error, cert, X509_STORE_CTX_get_error_depth(store));
    }
    return ok;
}

static int server_init(go_tls *t)
{
    static const int modes[] = {
        [GO_TLS_ANYBODY] = SSL_VERIFY_NONE,
        [GO_TLS_IF_GIVEN] = SSL_VERIFY_PEER,
        [GO_TLS_REQUIRE_CERT] = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
    };
    SSL_set_verify(t->ssl, modes[t->config->client_auth], on_verify);
    return 0;
}

static bool is_number(const char *host)
{
    struct in6_addr a;
    return inet_pton(AF_INET, host, &a) == 1 || inet_pton(AF_INET6, host, &a) == 1;
}

int tls_verify_init(go_tls *t)
{
    if (t->server)
        return server_init(t);
    bool number = t->host && is_number(t->host);
    ERR_clear_error();
    /* To OpenSSL that is any host of a domain. */
    if (t->host && t->host[0] == '.')
        return tls_error(-EINVAL, "%s: a host does not begin with a dot", t->host);
    /* Numbers are not asked for by name: RFC 6066. */
    if (t->host && !number && !SSL_set_tlsext_host_name(t->ssl, t->host))
        return tls_error_openssl(-EINVAL, t->host);
    if (t->config->insecure_skip_verify) {
        SSL_set_verify(t->ssl, SSL_VERIFY_NONE, NULL);
        return 0;
    }
    if (!t->host)
        return tls_error(-EINVAL, "a host is needed, or server_name: whom the server has to be");
    SSL_set_verify(t->ssl, SSL_VERIFY_PEER, on_verify);
    if (!(number ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(t->ssl), t->host)
                 : SSL_set1_host(t->ssl, t->host)))
        return tls_error_openssl(-EINVAL, t->host);
    return 0;
}
