/* SPDX-License-Identifier: MIT */
/* Making a connection, its handshake, and its end. */
#include "internal.h"

#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

void tls_free(go_tls *t)
{
    SSL_free(t->ssl); /* and the BIO */
    tls_buf_free(&t->in);
    tls_buf_free(&t->out);
    tls_peer_free(t);
    go_tls_config_drop(t->config);
    free(t->in_fail.text);
    free(t->out_fail.text);
    free(t->host);
    free(t->hello_name);
    free(t->verify_text);
    free(t->alpn);
    free(t->server_name);
    free(t->peer_name);
    free(t);
}

/* Without the brackets and the zone of a number, and the dot at the end of a name. */
static char *host_only(const char *host)
{
    size_t n = strlen(host);
    if (n > 1 && host[0] == '[' && host[n - 1] == ']') {
        host++;
        n -= 2;
    }
    if (memchr(host, ':', n) && memchr(host, '%', n))
        n = (size_t)((const char *)memchr(host, '%', n) - host);
    else if (n > 1 && host[n - 1] == '.')
        n--;
    return strndup(host, n);
}

static int make_ssl(go_tls *t)
{
    ERR_clear_error();
    t->ssl = SSL_new(t->config->ctx);
    BIO *b = t->ssl ? tls_bio_new(t) : NULL;
    if (!b)
        return tls_error_openssl(-ENOMEM, "OpenSSL");
    SSL_set_bio(t->ssl, b, b);
    SSL_set_app_data(t->ssl, t);
    if (t->server)
        SSL_set_accept_state(t->ssl);
    else
        SSL_set_connect_state(t->ssl);
    return tls_verify_init(t);
}

static int make(go_tls **out, int fd, bool server, const char *host, const go_tls_config *config)
{
    if (!out || fd < 0)
        return tls_error(-EINVAL, out ? "a descriptor is needed" : "t: NULL");
    *out = NULL;
    if (server && (!config || (!config->npairs && !config->choose)))
        return tls_error(-EINVAL, "a server needs a certificate: pairs, or choose");
    go_tls *t = calloc(1, sizeof(*t));
    if (!t)
        return tls_error_errno(-ENOMEM, "connection");
    t->refs = 1;
    t->fd = fd;
    t->server = server;
    t->handshaking = true;
    int err = tls_config_or_default(&t->config, config);
    if (err == 0 && !server && t->config->server_name)
        host = t->config->server_name;
    if (err == 0 && host && *host && !(t->host = host_only(host)))
        err = tls_error_errno(-ENOMEM, "connection");
    if (err == 0)
        err = make_ssl(t);
    if (err)
        tls_free(t);
    else
        *out = t;
    return err;
}

/* One call of OpenSSL, and what it asks for.  1: done; 0: again; or a negative errno. */
static int step(go_tls *t, struct bound b)
{
    ERR_clear_error();
    int r = SSL_do_handshake(t->ssl);
    int why = r == 1 ? SSL_ERROR_NONE : SSL_get_error(t->ssl, r);
    int err = why == SSL_ERROR_SSL || why == SSL_ERROR_SYSCALL ? tls_error_ssl(t) : 0;
    if (err) {
        tls_out_send(t); /* the alert, if there is room */
        return err;
    }
    if ((err = tls_flush(t, b)))
        return err;
    if (why == SSL_ERROR_NONE)
        return 1;
    if (why == SSL_ERROR_WANT_CLIENT_HELLO_CB) {
        go_mutex_unlock(&t->lock);
        err = tls_choose_ask(t);
        go_mutex_lock(&t->lock);
        return err;
    }
    return tls_wait_input(t, b);
}

static int handshake(go_tls *t, struct bound b)
{
    int done = 0;
    go_mutex_lock(&t->lock);
    t->reading = t->writing = true;
    while (done == 0)
        done = step(t, b);
    if (done > 0)
        done = tls_peer_known(t);
    t->handshaking = t->reading = t->writing = false;
    go_mutex_unlock(&t->lock);
    return done;
}

static int begin(go_tls **out, int fd, bool server, const char *host, const go_tls_config *config,
                 struct bound b)
{
    int err = make(out, fd, server, host, config);
    if (err)
        return err;
    err = handshake(*out, b);
    if (err) {
        tls_free(*out);
        *out = NULL;
    }
    return err;
}

int go_tls_client(go_tls **t, int fd, const char *host, const go_tls_config *config,
                  int64_t deadline)
{
    return begin(t, fd, false, host, config, bound_time(deadline));
}

int go_tls_client_ctx(go_tls **t, int fd, const char *host, const go_tls_config *config,
                      go_context *ctx)
{
    return begin(t, fd, false, host, config, bound_context(ctx));
}

int go_tls_server(go_tls **t, int fd, const go_tls_config *config, int64_t deadline)
{
    return begin(t, fd, true, NULL, config, bound_time(deadline));
}

int go_tls_server_ctx(go_tls **t, int fd, const go_tls_config *config, go_context *ctx)
{
    return begin(t, fd, true, NULL, config, bound_context(ctx));
}

/* What stands before the last colon; of a path, nothing. */
static char *host_of(const char *address)
{
    const char *colon = address ? strrchr(address, ':') : NULL;
    return colon ? strndup(address, (size_t)(colon - address)) : strdup("");
}

static int dial(go_tls **t, const char *network, const char *address, const go_tls_config *config,
                struct bound b)
{
    if (!t)
        return tls_error(-EINVAL, "t: NULL");
    *t = NULL;
    char *host = host_of(address);
    if (!host)
        return tls_error_errno(-ENOMEM, "dial");
    int fd = b.ctx ? go_dial_ctx(network, address, b.ctx) : go_dial(network, address, b.deadline);
    int err = fd;
    if (fd < 0)
        tls_error(fd, "dial %s: %s", address ? address : "NULL", go_dial_error_text(fd));
    else if ((err = begin(t, fd, false, host, config, b)))
        (void)go_close_fd(fd);
    free(host);
    return err;
}

int go_tls_dial(go_tls **t, const char *network, const char *address, const go_tls_config *config,
                int64_t deadline)
{
    return dial(t, network, address, config, bound_time(deadline));
}

int go_tls_dial_ctx(go_tls **t, const char *network, const char *address,
                    const go_tls_config *config, go_context *ctx)
{
    return dial(t, network, address, config, bound_context(ctx));
}

/* The kernel answers a close with data unread by a reset, which may cost the peer what we
 * sent last.  A server's tickets are such data, for a client that only writes. */
static void forget_unread(int fd)
{
    char buf[4096];
    for (int i = 0; i < 16; i++)
        if (recv(fd, buf, sizeof(buf), MSG_DONTWAIT) <= 0)
            return;
}

int go_tls_close(go_tls *t)
{
    go_mutex_lock(&t->lock);
    if (t->closed) {
        go_mutex_unlock(&t->lock);
        return tls_error(-EBADF, "the connection has been closed");
    }
    t->closed = true;
    /* While a writer is outside there may be half a record on the way. */
    if (!t->flushing && !SSL_in_init(t->ssl))
        tls_goodbye(t);
    tls_out_send(t);
    tls_changed(t);
    /* Whoever waits for it, or is about to, finds that it is too late. */
    if (t->outside && go_set_deadline(t->fd, 1) < 0)
        (void)shutdown(t->fd, SHUT_RDWR);
    while (t->outside)
        (void)tls_wait_changed(t, bound_time(GO_FOREVER));
    go_mutex_unlock(&t->lock);
    forget_unread(t->fd);
    (void)go_close_fd(t->fd);
    return 0;
}

go_tls *go_tls_hold(go_tls *t)
{
    __atomic_add_fetch(&t->refs, 1, __ATOMIC_RELAXED);
    return t;
}

void go_tls_drop(go_tls *t)
{
    /* Release: what this holder did; acquire: who frees has seen what all did. */
    if (!t || __atomic_sub_fetch(&t->refs, 1, __ATOMIC_ACQ_REL))
        return;
    if (!t->closed)
        (void)go_tls_close(t);
    tls_free(t);
}
