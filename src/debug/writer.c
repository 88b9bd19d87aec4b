/* SPDX-License-Identifier: MIT */
#include "debug/writer.h"

#include "base/pause.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* How long a full non-blocking descriptor may stay full: a reader that has
 * gone to sleep must not keep a dying process alive. */
enum { PATIENCE_MS = 5000 };

static bool wait_writable(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLOUT };
    int r;
    do
        r = raw_poll(&p, 1, PATIENCE_MS);
    while (r < 0 && errno == EINTR);
    return r > 0 && (p.revents & POLLOUT);
}

void writer_flush(struct writer *w)
{
    size_t done = 0;
    while (done < w->n && !w->failed) {
        ssize_t r = raw_write(w->fd, w->buf + done, w->n - done);
        if (r >= 0)
            done += (size_t)r;
        else if (errno == EAGAIN)
            w->failed = !wait_writable(w->fd);
        else if (errno != EINTR)
            w->failed = true;
    }
    w->n = 0;
}

void put_bytes(struct writer *w, const char *s, size_t n)
{
    while (n > 0) {
        if (w->n == sizeof w->buf)
            writer_flush(w);
        size_t room = sizeof w->buf - w->n, part = n < room ? n : room;
        memcpy(w->buf + w->n, s, part);
        w->n += part;
        s += part;
        n -= part;
    }
}

void put_str(struct writer *w, const char *s)
{
    put_bytes(w, s, strlen(s));
}

static void put_number(struct writer *w, uint64_t v, unsigned base)
{
    char text[24], *p = text + sizeof text;
    do
        *--p = "0123456789abcdef"[v % base];
    while (v /= base);
    put_bytes(w, p, (size_t)(text + sizeof text - p));
}

void put_dec(struct writer *w, uint64_t v)
{
    put_number(w, v, 10);
}

void put_hex(struct writer *w, uint64_t v)
{
    put_str(w, "0x");
    put_number(w, v, 16);
}
