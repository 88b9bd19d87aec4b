/* SPDX-License-Identifier: MIT */
/* The BIO through which OpenSSL reads and writes memory: in and out of its connection.  Its
 * functions run inside calls of OpenSSL, under the connection's lock. */
#include "internal.h"

#include <openssl/bio.h>
#include <stdlib.h>
#include <string.h>

void tls_buf_free(struct tls_buf *b)
{
    free(b->data);
    *b = (struct tls_buf){ NULL, 0, 0, 0 };
}

static bool grow(struct tls_buf *b, size_t size)
{
    unsigned char *grown = malloc(size);
    if (!grown)
        return false;
    if (b->len)
        memcpy(grown, b->data + b->head, b->len);
    free(b->data);
    *b = (struct tls_buf){ grown, 0, b->len, size };
    return true;
}

static bool append(struct tls_buf *b, const void *data, size_t n, size_t expect)
{
    size_t size = b->len + (n > expect ? n : expect);
    if (b->head + b->len + n > b->size && !grow(b, size > 2 * b->len ? size : 2 * b->len))
        return false;
    memcpy(b->data + b->head + b->len, data, n);
    b->len += n;
    return true;
}

/* OpenSSL is told that all was written, and stays able to read what came before. */
void tls_out_lost(go_tls *t, int err)
{
    if (!t->out_errno)
        t->out_errno = err;
    tls_buf_free(&t->out);
}

static int bio_write(BIO *b, const char *data, size_t n, size_t *done)
{
    go_tls *t = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    *done = n;
    if (!t->out_errno && !t->out_fail.err && !append(&t->out, data, n, t->expect))
        tls_out_lost(t, ENOMEM);
    return 1;
}

static int bio_read(BIO *b, char *buf, size_t n, size_t *got)
{
    go_tls *t = BIO_get_data(b);
    struct tls_buf *in = &t->in;
    BIO_clear_retry_flags(b);
    *got = n < in->len ? n : in->len;
    if (*got == 0) {
        BIO_set_retry_read(b);
        return 0;
    }
    memcpy(buf, in->data + in->head, *got);
    in->head += *got;
    in->len -= *got;
    if (in->len == 0)
        tls_buf_free(in);
    return 1;
}

static long bio_ctrl(BIO *b, int cmd, long num, void *ptr)
{
    (void)b, (void)num, (void)ptr;
    return cmd == BIO_CTRL_FLUSH;
}

static BIO_METHOD *method;

static void method_make(void *arg)
{
    (void)arg;
    BIO_METHOD *m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "goroutine");
    if (!m)
        return;
    if (BIO_meth_set_write_ex(m, bio_write) && BIO_meth_set_read_ex(m, bio_read) &&
        BIO_meth_set_ctrl(m, bio_ctrl))
        method = m;
    else
        BIO_meth_free(m);
}

BIO *tls_bio_new(go_tls *t)
{
    static go_once once; /* guards method */
    go_once_do(&once, method_make, NULL);
    BIO *b = method ? BIO_new(method) : NULL;
    if (b) {
        BIO_set_data(b, t);
        BIO_set_init(b, 1);
    }
    return b;
}
