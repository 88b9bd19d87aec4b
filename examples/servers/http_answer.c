/* SPDX-License-Identifier: MIT */
#include "http_exchange.h"
#include "serve.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/uio.h>
#include <time.h>

/* --- What the handler asks of the request --------------------------------------- */

static http_text text_of(const http_exchange *x, struct span s)
{
    return (http_text){ x->in + x->begin + s.at, s.len };
}

bool http_text_is(http_text t, const char *text)
{
    return t.len == strlen(text) && strncasecmp(t.at, text, t.len) == 0;
}

http_text http_method(const http_exchange *x)
{
    const char *name = llhttp_method_name(x->parser.method);
    return (http_text){ name, strlen(name) };
}

http_text http_target(const http_exchange *x)
{
    return text_of(x, x->target);
}

static bool is_get(const http_exchange *x)
{
    return x->parser.method == HTTP_GET || x->parser.method == HTTP_HEAD;
}

bool http_is(const http_exchange *x, const char *method, const char *path)
{
    http_text t = http_target(x);
    size_t n = strlen(path);
    if (t.len < n || memcmp(t.at, path, n) != 0 || (t.len > n && t.at[n] != '?'))
        return false;
    return strcmp(method, "GET") == 0 ? is_get(x)
                                      : strcmp(method, llhttp_method_name(x->parser.method)) == 0;
}

http_text http_field(const http_exchange *x, const char *name)
{
    for (int i = 0; i < x->fields; i++)
        if (http_text_is(text_of(x, x->field[i].name), name))
            return text_of(x, x->field[i].value);
    return (http_text){ NULL, 0 };
}

long http_query(const http_exchange *x, const char *name, long otherwise)
{
    http_text t = http_target(x);
    const char *at = memchr(t.at, '?', t.len), *end = t.at + t.len;
    size_t n = strlen(name);
    while (at && (size_t)(end - ++at) > n) {
        if (memcmp(at, name, n) == 0 && at[n] == '=') {
            long value = 0;
            for (at += n + 1; at < end && *at >= '0' && *at <= '9' && value < 100000000; at++)
                value = value * 10 + (*at - '0');
            return value;
        }
        at = memchr(at, '&', (size_t)(end - at));
    }
    return otherwise;
}

/* --- Sending --------------------------------------------------------------------- */

static bool send_all(http_exchange *x, const void *data, size_t n)
{
    if (go_write_until(x->fd, data, n, go_now() + x->patience->write) == (ssize_t)n)
        return true;
    x->problem = HTTP_GONE;
    break_off(x->fd);
    return false;
}

bool http_flush(http_exchange *x)
{
    size_t n = x->out_len;
    x->out_len = 0;
    return x->problem != HTTP_GONE && (n == 0 || send_all(x, x->out, n));
}

bool http_put(http_exchange *x, const void *data, size_t n)
{
    if (n > sizeof x->out - x->out_len && !http_flush(x))
        return false;
    if (n > sizeof x->out)
        return send_all(x, data, n);
    memcpy(x->out + x->out_len, data, n);
    x->out_len += n;
    return x->problem != HTTP_GONE;
}

static bool put_text(http_exchange *x, const char *text)
{
    return http_put(x, text, strlen(text));
}

/* A number, without the stack that printf needs. */
static bool put_number(http_exchange *x, uint64_t n, unsigned base)
{
    char digits[24], *at = digits + sizeof digits;
    do {
        *--at = "0123456789abcdef"[n % base];
    } while (n /= base);
    return http_put(x, at, (size_t)(digits + sizeof digits - at));
}

/* --- The answer ------------------------------------------------------------------ */

static const char *reason(int status)
{
    static const struct {
        int status;
        const char *text;
    } known[] = {
        { 200, "OK" },
        { 204, "No Content" },
        { 304, "Not Modified" },
        { 400, "Bad Request" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 408, "Request Timeout" },
        { 413, "Content Too Large" },
        { 417, "Expectation Failed" },
        { 431, "Request Header Fields Too Large" },
        { 500, "Internal Server Error" },
        { 501, "Not Implemented" },
        { 503, "Service Unavailable" },
        { 505, "HTTP Version Not Supported" },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].status == status)
            return known[i].text;
    return "Status";
}

static const char *date_of(http_exchange *x)
{
    struct tm t;
    time_t now = time(NULL);
    if (now != x->date_second) {
        gmtime_r(&now, &t);
        strftime(x->date, sizeof x->date, "%a, %d %b %Y %H:%M:%S GMT", &t);
        x->date_second = now;
    }
    return x->date;
}

static void put_length(http_exchange *x, int64_t length)
{
    x->chunked = length < 0 && x->minor > 0;
    if (x->chunked) {
        put_text(x, "Transfer-Encoding: chunked\r\n");
    } else if (length < 0) {
        x->close = true; /* HTTP/1.0: its end is the end of the connection */
    } else {
        put_text(x, "Content-Length: ");
        put_number(x, (uint64_t)length, 10);
        put_text(x, "\r\n");
    }
}

void http_begin(http_exchange *x, int status, const char *type, int64_t length)
{
    if (x->answering)
        go_panic("http: a second answer to one request");
    const bool never = status < 200 || status == 204 || status == 304; /* has no body */
    x->answering = true;
    x->bare = never || x->parser.method == HTTP_HEAD;
    x->left = length;
    put_text(x, "HTTP/1.1 ");
    put_number(x, (uint64_t)status, 10);
    put_text(x, " ");
    put_text(x, reason(status));
    put_text(x, "\r\nDate: ");
    put_text(x, date_of(x));
    put_text(x, "\r\n");
    if (type) {
        put_text(x, "Content-Type: ");
        put_text(x, type);
        put_text(x, "\r\n");
    }
    if (never)
        x->chunked = false;
    else
        put_length(x, length);
    if (x->close)
        put_text(x, "Connection: close\r\n");
    else if (x->minor == 0)
        put_text(x, "Connection: keep-alive\r\n");
    put_text(x, "\r\n");
}

bool http_write(http_exchange *x, const void *data, size_t n)
{
    if (!x->answering)
        go_panic("http: written before it was begun");
    if (x->left >= 0 && (int64_t)n > x->left)
        go_panic("http: more written than announced");
    if (x->left >= 0)
        x->left -= (int64_t)n;
    if (n == 0 || x->bare)
        return x->problem != HTTP_GONE;
    if (!x->chunked)
        return http_put(x, data, n);
    return put_number(x, n, 16) && put_text(x, "\r\n") && http_put(x, data, n) &&
           put_text(x, "\r\n");
}

bool http_end(http_exchange *x)
{
    if (x->left > 0 && !x->bare)
        go_panic("http: less written than announced");
    if (x->chunked && !x->bare)
        put_text(x, "0\r\n\r\n");
    return x->problem != HTTP_GONE;
}

void http_answer(http_exchange *x, int status, const char *type, const char *text)
{
    size_t n = strlen(text);
    http_begin(x, status, type, (int64_t)n);
    http_write(x, text, n);
}

void http_error(http_exchange *x, int status)
{
    char text[80];
    size_t n = strlen(reason(status));
    memcpy(text, reason(status), n);
    text[n] = '\n';
    text[n + 1] = '\0';
    http_answer(x, status, "text/plain", text);
}
