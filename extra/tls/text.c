/* SPDX-License-Identifier: MIT */
/* Errors in words: each goroutine has the text of its last one. */
#include "internal.h"

#include <openssl/err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 512 };

static char no_memory[] = "out of memory";

static void text_free(void *text)
{
    if (text != no_memory)
        free(text);
}

static go_local text = { .destroy = text_free };

const char *go_tls_error_text(void)
{
    const char *s = go_local_get(&text);
    return s ? s : "";
}

/* The goroutine's own TEXT_SIZE bytes, or NULL. */
static char *text_buffer(void)
{
    char *s = go_local_get(&text);
    if (s && s != no_memory)
        return s;
    s = malloc(TEXT_SIZE);
    if (s && go_local_set(&text, s) < 0) {
        free(s);
        s = NULL;
    }
    /* Fails only where there has been no value yet, and then "" is all there is. */
    if (!s && go_local_set(&text, no_memory) < 0)
        return NULL;
    return s;
}

int tls_error(int err, const char *fmt, ...)
{
    char line[TEXT_SIZE];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof(line), fmt, args); /* may print the text there is */
    va_end(args);
    char *s = text_buffer();
    if (s)
        memcpy(s, line, strlen(line) + 1);
    return err;
}

int tls_error_errno(int err, const char *what)
{
    if (err == -ETIMEDOUT)
        return tls_error(err, "%s: the deadline has passed", what);
    if (err == -ECANCELED)
        return tls_error(err, "%s: cancelled", what);
    return tls_error(err, "%s: %s", what, strerror(-err));
}

/* A reason of 1000 and more is an alert that came from the peer. */
static int alert_of(unsigned long e)
{
    int reason = ERR_GET_LIB(e) == ERR_LIB_SSL ? ERR_GET_REASON(e) : 0;
    return reason >= SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256
               ? reason - SSL_AD_REASON_OFFSET
               : -1;
}

/* OpenSSL has no words for what came with TLS 1.3 and ALPN. */
static const char *alert_text(int alert)
{
    switch (alert) {
    case SSL_AD_MISSING_EXTENSION:
        return "missing extension";
    case SSL_AD_CERTIFICATE_REQUIRED:
        return "certificate required";
    case SSL_AD_NO_APPLICATION_PROTOCOL:
        return "no application protocol";
    default:
        return SSL_alert_desc_string_long(alert);
    }
}

static const char *reason_text(unsigned long e, char *buf, size_t size)
{
    const char *reason = ERR_reason_error_string(e);
    if (reason)
        return reason;
    ERR_error_string_n(e, buf, size);
    return buf;
}

int tls_error_openssl(int err, const char *what)
{
    char buf[160];
    unsigned long e = ERR_get_error();
    if (e == 0 || ERR_GET_REASON(e) == ERR_R_MALLOC_FAILURE)
        tls_error(err = -ENOMEM, "%s: out of memory", what);
    else
        tls_error(err, "%s: %s", what, reason_text(e, buf, sizeof(buf)));
    ERR_clear_error();
    return err;
}

static int verify_errno(int error)
{
    if (error == X509_V_ERR_CERT_HAS_EXPIRED)
        return -EKEYEXPIRED;
    return error == X509_V_ERR_CERT_REVOKED ? -EKEYREVOKED : -EKEYREJECTED;
}

int tls_error_ssl(go_tls *t)
{
    const char *who = t->server ? "client" : t->host ? t->host : "server";
    unsigned long e = ERR_get_error();
    int reason = ERR_GET_LIB(e) == ERR_LIB_SSL ? ERR_GET_REASON(e) : 0;
    char buf[160];
    ERR_clear_error();
    if (e == 0)
        return tls_error(-EPROTO, "%s: the protocol failed", who);
    if (ERR_GET_REASON(e) == ERR_R_MALLOC_FAILURE)
        return tls_error(-ENOMEM, "%s: out of memory", who);
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED)
        return tls_error(verify_errno(t->verify_error), "%s: %s", who,
                         t->verify_text ? t->verify_text
                                        : X509_verify_cert_error_string(t->verify_error));
    if (reason == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE)
        return tls_error(-EKEYREJECTED, "client: it showed no certificate");
    if (reason == SSL_R_CALLBACK_FAILED && t->choosing == CHOOSE_REFUSE)
        return tls_error(-EPROTO, "client: nothing here is called \"%s\"", t->hello_name);
    if (alert_of(e) >= 0)
        return tls_error(-EPROTO, "%s: the peer refused: %s", who, alert_text(alert_of(e)));
    return tls_error(-EPROTO, "%s: %s: %s", who,
                     t->handshaking ? "handshake failed" : "protocol error",
                     reason_text(e, buf, sizeof(buf)));
}

int tls_fail_now(struct tls_fail *f, int err)
{
    if (f->err == 0) {
        f->err = err;
        f->text = strdup(go_tls_error_text());
    }
    return err;
}

int tls_fail_again(const struct tls_fail *f)
{
    return tls_error(f->err, "%s", f->text ? f->text : strerror(-f->err));
}

char *tls_format(const char *fmt, ...)
{
    char line[TEXT_SIZE];
    va_list args;
    va_start(args, fmt);
    vsnprintf(line, sizeof(line), fmt, args);
    va_end(args);
    return strdup(line);
}
