/* SPDX-License-Identifier: MIT */
/* HTTP for the servers on State Threads and on plain threads, whatever they read and write
 * with: a greeting, and what was posted to /echo comes back while it is being sent.  Parsed by
 * llhttp, with limits; requests may come before the answer to the last one.
 *
 *     plain_http_init(&h, send, stream);
 *     while ((n = read into some buffer) > 0 && plain_http_take(&h, buffer, n))
 *         ; */
#ifndef SERVERS_PLAIN_HTTP_H
#define SERVERS_PLAIN_HTTP_H

#include <llhttp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    PLAIN_HEADER_MAX = 8 * 1024,
    PLAIN_BODY_MAX = 1024 * 1024,
    PLAIN_IDLE_SECONDS = 60,
    PLAIN_WRITE_SECONDS = 30
};

typedef bool plain_send(void *stream, const void *data, size_t n);

/* One connection. */
struct plain_http {
    llhttp_t parser;
    plain_send *send;
    void *stream;
    char path[8]; /* as much of it as matters */
    size_t path_len, header_size, body_size, out_len;
    bool in_header, echo, chunked; /* chunked: the answer */
    bool last, broken;             /* no request after this one; the client is gone */
    int problem;                   /* the status with which it is refused, or 0 */
    time_t date_second;            /* of the text in date */
    char date[32];
    char out[4 * 1024];
};

static inline void plain_flush(struct plain_http *h)
{
    if (h->out_len > 0 && !h->broken)
        h->broken = !h->send(h->stream, h->out, h->out_len);
    h->out_len = 0;
}

static inline void plain_put(struct plain_http *h, const void *data, size_t n)
{
    if (n > sizeof h->out - h->out_len)
        plain_flush(h);
    if (n > sizeof h->out) {
        h->broken = h->broken || !h->send(h->stream, data, n);
        return;
    }
    memcpy(h->out + h->out_len, data, n);
    h->out_len += n;
}

static inline void __attribute__((format(printf, 2, 3)))
plain_print(struct plain_http *h, const char *format, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    plain_put(h, text, (size_t)n);
}

static inline const char *plain_date(struct plain_http *h)
{
    struct tm t;
    time_t now = time(NULL);
    if (now != h->date_second) {
        gmtime_r(&now, &t);
        strftime(h->date, sizeof h->date, "%a, %d %b %Y %H:%M:%S GMT", &t);
        h->date_second = now;
    }
    return h->date;
}

/* plain_begin - the answer's header.  length -1: in chunks. */
static inline void plain_begin(struct plain_http *h, const char *status, const char *type,
                               int64_t length)
{
    plain_print(h, "HTTP/1.1 %s\r\nDate: %s\r\nContent-Type: %s\r\n%s", status, plain_date(h), type,
                h->last ? "Connection: close\r\n" : "");
    if (length < 0)
        plain_print(h, "Transfer-Encoding: chunked\r\n\r\n");
    else
        plain_print(h, "Content-Length: %lld\r\n\r\n", (long long)length);
}

static inline void plain_greet(struct plain_http *h)
{
    static const char text[] = "Hello, world!\n";
    plain_begin(h, "200 OK", "text/plain", sizeof text - 1);
    if (h->parser.method != HTTP_HEAD)
        plain_put(h, text, sizeof text - 1);
}

static inline void plain_refuse(struct plain_http *h)
{
    h->last = true;
    plain_begin(h,
                h->problem == 413   ? "413 Content Too Large"
                : h->problem == 431 ? "431 Request Header Fields Too Large"
                                    : "400 Bad Request",
                "text/plain", 0);
}

static inline int plain_on_begin(llhttp_t *p)
{
    struct plain_http *h = p->data;
    h->path_len = h->header_size = h->body_size = 0;
    h->in_header = true;
    return 0;
}

static inline int plain_on_url(llhttp_t *p, const char *at, size_t n)
{
    struct plain_http *h = p->data;
    size_t room = sizeof h->path - h->path_len;
    memcpy(h->path + h->path_len, at, n < room ? n : room);
    h->path_len += n < room ? n : room;
    return 0;
}

static inline bool plain_path_is(const struct plain_http *h, const char *path)
{
    size_t n = strlen(path);
    return h->path_len >= n && memcmp(h->path, path, n) == 0 &&
           (h->path_len == n || h->path[n] == '?');
}

static inline int plain_on_header(llhttp_t *p)
{
    struct plain_http *h = p->data;
    h->in_header = false;
    p->upgrade = 0; /* to nothing that is known here */
    h->last = !llhttp_should_keep_alive(p) || p->http_minor == 0;
    h->echo = plain_path_is(h, "/echo") && p->method == HTTP_POST;
    if ((p->flags & F_CONTENT_LENGTH) && p->content_length > PLAIN_BODY_MAX) {
        h->problem = 413;
        return -1;
    }
    /* Not of known length before HTTP/1.1: the end of the connection is the body's. */
    h->chunked = (p->flags & F_CHUNKED) != 0;
    if (h->echo)
        plain_begin(h, "200 OK", "application/octet-stream",
                    h->chunked ? -1 : (int64_t)p->content_length);
    return 0;
}

static inline int plain_on_body(llhttp_t *p, const char *at, size_t n)
{
    struct plain_http *h = p->data;
    if ((h->body_size += n) > PLAIN_BODY_MAX) {
        h->broken = true; /* the answer has begun: it can only be broken off */
        return -1;
    }
    if (h->echo) {
        if (h->chunked)
            plain_print(h, "%zx\r\n", n);
        plain_put(h, at, n);
        if (h->chunked)
            plain_put(h, "\r\n", 2);
    }
    return 0;
}

static inline int plain_on_complete(llhttp_t *p)
{
    struct plain_http *h = p->data;
    if (!h->echo)
        plain_greet(h);
    else if (h->chunked)
        plain_put(h, "0\r\n\r\n", 5);
    return h->last ? HPE_PAUSED : 0;
}

static const llhttp_settings_t plain_callbacks = {
    .on_message_begin = plain_on_begin,
    .on_url = plain_on_url,
    .on_headers_complete = plain_on_header,
    .on_body = plain_on_body,
    .on_message_complete = plain_on_complete,
};

static inline void plain_http_init(struct plain_http *h, plain_send *send, void *stream)
{
    memset(h, 0, offsetof(struct plain_http, out));
    h->send = send;
    h->stream = stream;
    llhttp_init(&h->parser, HTTP_REQUEST, &plain_callbacks);
    h->parser.data = h;
}

/* plain_http_take - what has been read is parsed and answered.  False: the connection is to be
 * closed. */
static inline bool plain_http_take(struct plain_http *h, const char *data, size_t n)
{
    llhttp_errno_t err = llhttp_execute(&h->parser, data, n);
    if (h->in_header && (h->header_size += n) > PLAIN_HEADER_MAX)
        h->problem = 431;
    else if (err != HPE_OK && err != HPE_PAUSED && !h->problem)
        h->problem = 400;
    if (h->problem && !h->broken)
        plain_refuse(h);
    plain_flush(h);
    return err == HPE_OK && !h->problem && !h->broken;
}

#endif
