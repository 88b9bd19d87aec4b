/* SPDX-License-Identifier: MIT */
/* Everything that waits.  Each function is called with the lock held and returns so. */
#include "internal.h"

#include <poll.h>
#include <stdlib.h>

static int is_closed(void)
{
    return tls_error(-EBADF, "the connection has been closed");
}

void tls_changed(go_tls *t)
{
    if (t->waiters)
        go_cond_broadcast(&t->changed);
}

int tls_wait_changed(go_tls *t, struct bound b)
{
    t->waiters++;
    int err = b.ctx ? go_cond_wait_ctx(&t->changed, &t->lock, b.ctx)
                    : go_cond_wait_until(&t->changed, &t->lock, b.deadline);
    t->waiters--;
    return err;
}

int tls_take(go_tls *t, bool *role, struct bound b)
{
    int err = 0;
    while (!t->closed && *role && err == 0)
        err = tls_wait_changed(t, b);
    if (t->closed)
        return is_closed();
    if (err)
        return tls_error_errno(err, "waiting for another's call on the connection");
    *role = true;
    return 0;
}

void tls_give(go_tls *t, bool *role)
{
    *role = false;
    tls_changed(t);
}

static void go_outside(go_tls *t)
{
    t->outside++;
    go_mutex_unlock(&t->lock);
}

static void come_back(go_tls *t)
{
    go_mutex_lock(&t->lock);
    t->outside--;
    if (t->closed)
        tls_changed(t);
}

static int readable(int fd, struct bound b)
{
    return b.ctx ? go_wait_readable_ctx(fd, b.ctx) : go_wait_readable_until(fd, b.deadline);
}

static int writable(int fd, struct bound b)
{
    return b.ctx ? go_wait_writable_ctx(fd, b.ctx) : go_wait_writable_until(fd, b.deadline);
}

/* There is something to read, or room to send what the peer is owed.  A descriptor whose
 * deadline has passed counts as ready for go_poll: if it is that for writes, it must not. */
static int readable_or_room(int fd, struct bound b, bool *input)
{
    struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT };
    *input = true;
    if (go_write(fd, "", 0) < 0)
        return readable(fd, b);
    int r = b.ctx ? go_poll_ctx(&p, 1, b.ctx) : go_poll_until(&p, 1, b.deadline);
    *input = p.revents & ~POLLOUT;
    return r < 0 ? -errno : r == 0 ? -ETIMEDOUT : 0;
}

/* Outside of the lock: bytes from the socket into mine, 0 at its end, or a negative errno.
 * -EAGAIN: something else has happened.  Who waits long does so without a buffer. */
static ssize_t take_bytes(go_tls *t, struct tls_buf *mine, bool owing, struct bound b)
{
    bool input = true;
    int err = owing ? readable_or_room(t->fd, b, &input) : t->in_full ? 0 : readable(t->fd, b);
    if (err || !input)
        return err ? err : -EAGAIN;
    unsigned char *data = malloc(IN_SIZE);
    if (!data)
        return -ENOMEM;
    ssize_t r = b.ctx ? go_read_ctx(t->fd, data, IN_SIZE, b.ctx)
                      : go_read_until(t->fd, data, IN_SIZE, b.deadline);
    if (r <= 0) {
        int why = r < 0 ? -errno : 0;
        free(data);
        return why;
    }
    *mine = (struct tls_buf){ data, 0, (size_t)r, IN_SIZE };
    return r;
}

static int input_failed(go_tls *t, int err)
{
    if (err == 0)
        return tls_fail_now(
            &t->in_fail,
            tls_error(-ECONNABORTED, t->handshaking ? "the peer hung up during the handshake"
                                                    : "the connection ended without the peer's "
                                                      "goodbye (close_notify)"));
    if (err == -ETIMEDOUT || err == -ECANCELED || err == -ENOMEM)
        return tls_error_errno(err, t->handshaking ? "handshake" : "read");
    return tls_fail_now(&t->in_fail, tls_error_errno(err, "receive"));
}

int tls_wait_input(go_tls *t, struct bound b)
{
    struct tls_buf mine = { NULL, 0, 0, 0 };
    bool owing = t->out.len && !t->flushing;
    go_outside(t);
    ssize_t r = take_bytes(t, &mine, owing, b);
    come_back(t);
    t->in_full = r == (ssize_t)IN_SIZE;
    if (t->closed) {
        tls_buf_free(&mine);
        return is_closed();
    }
    if (r == -EAGAIN)
        return 0;
    if (r <= 0)
        return input_failed(t, (int)r);
    t->in = mine; /* it was empty, and nobody else fills it */
    return 0;
}

int tls_wait_owed(go_tls *t, struct bound b)
{
    int err = 0;
    while (!t->closed && t->out.len >= OUT_LIMIT && err == 0) {
        tls_out_send(t);
        if (t->out.len < OUT_LIMIT)
            break;
        if (t->flushing) {
            err = tls_wait_changed(t, b);
        } else {
            go_outside(t);
            err = writable(t->fd, b);
            come_back(t);
        }
    }
    if (t->closed)
        return is_closed();
    return err ? tls_error_errno(err, "read: the peer does not fetch what it is owed") : 0;
}

void tls_out_send(go_tls *t)
{
    struct tls_buf *out = &t->out;
    if (out->len == 0 || t->flushing || t->out_errno)
        return;
    ssize_t r = go_write_until(t->fd, out->data + out->head, out->len, 0);
    if (r < 0) {
        if (errno != ETIMEDOUT)
            tls_out_lost(t, errno);
        return;
    }
    out->head += (size_t)r;
    out->len -= (size_t)r;
    if (out->len == 0)
        tls_buf_free(out);
}

/* All of it, outside of the lock.  0 or a negative errno. */
static int send_all(int fd, const struct tls_buf *out, struct bound b)
{
    size_t done = 0;
    while (done < out->len) {
        const unsigned char *p = out->data + out->head + done;
        ssize_t r = b.ctx ? go_write_ctx(fd, p, out->len - done, b.ctx)
                          : go_write_until(fd, p, out->len - done, b.deadline);
        if (r < 0)
            return -errno;
        done += (size_t)r;
    }
    return 0;
}

int tls_flush(go_tls *t, struct bound b)
{
    int err = -t->out_errno;
    while (err == 0 && t->out.len) {
        struct tls_buf mine = t->out;
        t->out = (struct tls_buf){ NULL, 0, 0, 0 };
        t->flushing = true;
        go_outside(t);
        err = send_all(t->fd, &mine, b);
        tls_buf_free(&mine);
        come_back(t);
        t->flushing = false;
        tls_changed(t);
        if (t->closed)
            return is_closed();
        if (t->out_errno)
            err = -t->out_errno;
    }
    if (err == 0)
        return 0;
    tls_buf_free(&t->out);
    return tls_fail_now(&t->out_fail, tls_error_errno(err, t->handshaking ? "handshake" : "write"));
}
