/* SPDX-License-Identifier: MIT */
/* Reading, writing, and the end of writing. */
#include "internal.h"

#include <openssl/err.h>

/* What SSL_get_error says after a call that gave r; ends the connection if it is for good,
 * in both directions: OpenSSL does no more with it. */
static int outcome(go_tls *t, int r)
{
    int why = SSL_get_error(t->ssl, r);
    if (why != SSL_ERROR_SSL && why != SSL_ERROR_SYSCALL)
        return why;
    int err = tls_error_ssl(t);
    tls_fail_now(&t->in_fail, err);
    tls_out_send(t); /* the alert, if there is room */
    tls_buf_free(&t->out);
    return tls_fail_now(&t->out_fail, err);
}

/* --- Reading: the role reading is the caller's ------------------------------------------- */

static ssize_t decrypt(go_tls *t, void *buf, size_t n, struct bound b)
{
    for (;;) {
        size_t got = 0;
        int err;
        if (t->in_fail.err)
            return tls_fail_again(&t->in_fail);
        if (t->heard_goodbye)
            return 0;
        if (t->out.len >= OUT_LIMIT && (err = tls_wait_owed(t, b)))
            return err;
        ERR_clear_error();
        int r = SSL_read_ex(t->ssl, buf, n, &got);
        int why = r ? SSL_ERROR_NONE : outcome(t, r);
        tls_changed(t); /* a writer may wait for a message that has been read now */
        tls_out_send(t);
        if (why == SSL_ERROR_NONE)
            return (ssize_t)got;
        if (why < 0)
            return why;
        if (why == SSL_ERROR_ZERO_RETURN)
            t->heard_goodbye = true;
        else if ((err = tls_wait_input(t, b)))
            return err;
    }
}

static ssize_t do_read(go_tls *t, void *buf, size_t n, struct bound b)
{
    if (n == 0)
        return 0;
    go_mutex_lock(&t->lock);
    ssize_t r = tls_take(t, &t->reading, b);
    if (r == 0) {
        r = decrypt(t, buf, n, b);
        tls_give(t, &t->reading);
    }
    go_mutex_unlock(&t->lock);
    return r;
}

ssize_t go_tls_read(go_tls *t, void *buf, size_t n)
{
    return do_read(t, buf, n, bound_time(GO_FOREVER));
}

ssize_t go_tls_read_until(go_tls *t, void *buf, size_t n, int64_t deadline)
{
    return do_read(t, buf, n, bound_time(deadline));
}

ssize_t go_tls_read_ctx(go_tls *t, void *buf, size_t n, go_context *ctx)
{
    return do_read(t, buf, n, bound_context(ctx));
}

/* --- Writing: the role writing is the caller's --------------------------------------------- */

static int may_write(go_tls *t)
{
    if (t->closed)
        return tls_error(-EBADF, "the connection has been closed");
    return t->out_fail.err ? tls_fail_again(&t->out_fail) : 0;
}

/* OpenSSL wants the rest of a message first.  *pumping: this call has the role reading. */
static int want_input(go_tls *t, bool *pumping, struct bound b)
{
    if (t->in_fail.err)
        return tls_fail_again(&t->in_fail);
    if (*pumping)
        return tls_wait_input(t, b);
    if (!t->reading) {
        t->reading = *pumping = true;
        return 0;
    }
    int err = tls_wait_changed(t, b);
    return err ? tls_error_errno(err, "write") : 0;
}

/* SSL_write_ex of n bytes, or with NULL the goodbye.  0 or a negative errno. */
static int encrypt(go_tls *t, const void *buf, size_t n, struct bound b)
{
    bool pumping = false;
    int err, why = SSL_ERROR_WANT_READ;
    while ((err = may_write(t)) == 0) {
        size_t done;
        ERR_clear_error();
        int r = buf                   ? SSL_write_ex(t->ssl, buf, n, &done)
                : SSL_in_init(t->ssl) ? SSL_do_handshake(t->ssl)
                                      : 1;
        why = r > 0 ? SSL_ERROR_NONE : outcome(t, r);
        if (why == SSL_ERROR_NONE || why < 0)
            break;
        if ((err = want_input(t, &pumping, b)))
            break;
    }
    if (pumping)
        tls_give(t, &t->reading);
    if (err == 0 && why == SSL_ERROR_NONE && !buf)
        tls_goodbye(t);
    return err ? err : why < 0 ? why : tls_flush(t, b);
}

/* The most data in a record, and the most bytes that a record adds, by the ciphers that are
 * likely: a guess too low costs a copy. */
enum { RECORD = 16384, OVERHEAD = 32 };

static int write_all(go_tls *t, const char *buf, size_t n, struct bound b)
{
    int err = 0;
    if (t->said_goodbye)
        return tls_error(-EPIPE, "write after go_tls_close_write");
    for (size_t done = 0, k; err == 0 && done < n; done += k) {
        k = n - done < CHUNK ? n - done : CHUNK;
        t->expect = k + (k / RECORD + 1) * OVERHEAD;
        err = encrypt(t, buf + done, k, b);
        if (err && done) { /* a later write would be taken for what is missing here */
            tls_buf_free(&t->out);
            tls_fail_now(&t->out_fail, err);
        }
    }
    t->expect = 0;
    return err;
}

static ssize_t do_write(go_tls *t, const void *buf, size_t n, struct bound b)
{
    go_mutex_lock(&t->lock);
    int err = tls_take(t, &t->writing, b);
    if (err == 0) {
        err = write_all(t, buf, n, b);
        tls_give(t, &t->writing);
    }
    go_mutex_unlock(&t->lock);
    return err ? err : (ssize_t)n;
}

ssize_t go_tls_write(go_tls *t, const void *buf, size_t n)
{
    return do_write(t, buf, n, bound_time(GO_FOREVER));
}

ssize_t go_tls_write_until(go_tls *t, const void *buf, size_t n, int64_t deadline)
{
    return do_write(t, buf, n, bound_time(deadline));
}

ssize_t go_tls_write_ctx(go_tls *t, const void *buf, size_t n, go_context *ctx)
{
    return do_write(t, buf, n, bound_context(ctx));
}

/* --- The end of writing ---------------------------------------------------------------------- */

void tls_goodbye(go_tls *t)
{
    if (t->said_goodbye || t->out_fail.err)
        return;
    t->said_goodbye = true;
    ERR_clear_error();
    (void)SSL_shutdown(t->ssl); /* 0 or 1: written; it cannot fail but for want of memory */
    ERR_clear_error();
}

static int do_close_write(go_tls *t, struct bound b)
{
    go_mutex_lock(&t->lock);
    int err = tls_take(t, &t->writing, b);
    if (err == 0) {
        err = t->said_goodbye ? may_write(t) : encrypt(t, NULL, 0, b);
        tls_give(t, &t->writing);
    }
    go_mutex_unlock(&t->lock);
    return err;
}

int go_tls_close_write(go_tls *t)
{
    return do_close_write(t, bound_time(GO_FOREVER));
}

int go_tls_close_write_until(go_tls *t, int64_t deadline)
{
    return do_close_write(t, bound_time(deadline));
}

int go_tls_close_write_ctx(go_tls *t, go_context *ctx)
{
    return do_close_write(t, bound_context(ctx));
}
