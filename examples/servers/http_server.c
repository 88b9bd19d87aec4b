/* SPDX-License-Identifier: MIT */
#include "http_exchange.h"
#include "serve.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct http_patience http_patience = {
    .idle = GO_MINUTE, .header = 10 * GO_SECOND, .body = 30 * GO_SECOND, .write = 30 * GO_SECOND
};

static void *new_exchange(void *arg)
{
    (void)arg;
    return calloc(1, sizeof(http_exchange));
}

static go_pool exchanges = { .make = new_exchange, .destroy = free };

/* --- What the parser tells ----------------------------------------------------- */

/* A name or value may come in pieces, each right behind the one before. */
static void extend(struct span *s, http_exchange *x, const char *at, size_t n)
{
    if (!s->len)
        s->at = (uint16_t)(at - (x->in + x->begin));
    s->len = (uint16_t)(s->len + n);
}

static int on_url(llhttp_t *p, const char *at, size_t n)
{
    http_exchange *x = p->data;
    extend(&x->target, x, at, n);
    return 0;
}

static int on_field(llhttp_t *p, const char *at, size_t n)
{
    http_exchange *x = p->data;
    if (x->headers_complete) /* a trailer: nobody asks for it */
        return 0;
    if (x->fields == 0 || x->field[x->fields - 1].closed) {
        if (x->fields == HTTP_FIELDS_MAX) {
            x->problem = 431;
            return HPE_USER;
        }
        x->field[x->fields++] = (struct field){ .closed = false };
    }
    extend(&x->field[x->fields - 1].name, x, at, n);
    return 0;
}

static int on_value(llhttp_t *p, const char *at, size_t n)
{
    http_exchange *x = p->data;
    if (!x->headers_complete)
        extend(&x->field[x->fields - 1].value, x, at, n);
    return 0;
}

static int on_value_complete(llhttp_t *p)
{
    http_exchange *x = p->data;
    if (!x->headers_complete)
        x->field[x->fields - 1].closed = true;
    return 0;
}

static int on_headers_complete(llhttp_t *p)
{
    http_exchange *x = p->data;
    x->headers_complete = true;
    p->upgrade = 0; /* to nothing that we know; may be ignored */
    /* Before a body the parser stops: the handler reads it, if it wants to. */
    return (p->flags & F_CHUNKED) || p->content_length ? HPE_PAUSED : 0;
}

/* The framing between two pieces goes: what is decoded is never ahead of what is read. */
static int on_body(llhttp_t *p, const char *at, size_t n)
{
    http_exchange *x = p->data;
    memmove(x->in + x->body_end, at, n);
    x->body_end += n;
    x->body_total += n;
    return 0;
}

static int on_message_complete(llhttp_t *p)
{
    http_exchange *x = p->data;
    x->complete = true;
    return HPE_PAUSED; /* what follows is the next request */
}

static const llhttp_settings_t callbacks = {
    .on_url = on_url,
    .on_header_field = on_field,
    .on_header_value = on_value,
    .on_header_value_complete = on_value_complete,
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

/* Parses what has been read, as far as it goes.  False: it is no HTTP, x->problem says
 * how to answer. */
static bool parse(http_exchange *x)
{
    const char *from = x->in + x->parsed;
    llhttp_errno_t err = llhttp_execute(&x->parser, from, x->end - x->parsed);
    switch (err) {
    case HPE_OK:
        x->parsed = x->end;
        return true;
    case HPE_PAUSED:
        x->parsed = (size_t)(llhttp_get_error_pos(&x->parser) - x->in);
        llhttp_resume(&x->parser);
        return true;
    case HPE_INVALID_VERSION:
        x->problem = 505;
        return false;
    default:
        if (!x->problem)
            x->problem = 400;
        return false;
    }
}

/* --- Reading ------------------------------------------------------------------- */

/* Reads what there is into the free space behind end; the deadline is the descriptor's.
 * False: nothing will come, x->problem is 408 if only time has passed. */
static bool read_more(http_exchange *x)
{
    ssize_t n = go_read(x->fd, x->in + x->end, sizeof x->in - x->end);
    if (n > 0) {
        x->end += (size_t)n;
        return true;
    }
    x->problem = n < 0 && errno == ETIMEDOUT ? 408 : HTTP_GONE;
    return false;
}

/* A request that has come in part: what is left of the one before makes room. */
static void move_to_front(http_exchange *x)
{
    if (x->begin == 0)
        return;
    memmove(x->in, x->in + x->begin, x->end - x->begin);
    x->parsed -= x->begin;
    x->end -= x->begin;
    x->begin = 0;
}

/* Most requests come in one piece, and are then read and parsed once.  False: x->problem. */
static bool read_header(http_exchange *x)
{
    bool waiting = false;
    for (;;) {
        if (x->parsed < x->end && !parse(x))
            return false;
        if (x->parsed - x->begin > HTTP_HEADER_MAX) {
            x->problem = 431;
            return false;
        }
        if (x->headers_complete) {
            if (!x->complete)
                move_to_front(x); /* room for the body */
            return true;
        }
        if (!waiting &&
            (!http_flush(x) || go_set_read_deadline(x->fd, go_now() + x->patience->header) != 0)) {
            x->problem = HTTP_GONE;
            return false;
        }
        waiting = true;
        move_to_front(x);
        if (!read_more(x))
            return false;
    }
}

/* Makes body bytes available, if more are to come.  False: x->problem. */
static bool read_body(http_exchange *x)
{
    if (x->parsed == x->end) {
        x->parsed = x->end = x->body_at = x->body_end = x->header_end;
        if (!http_flush(x) || go_set_read_deadline(x->fd, go_now() + x->patience->body) != 0) {
            x->problem = HTTP_GONE;
            return false;
        }
        if (!read_more(x))
            return false;
    }
    x->body_at = x->body_end = x->parsed;
    x->body_raw += x->end - x->parsed;
    if (!parse(x))
        return false;
    /* Chunks of a byte each, or without end: the framing has a limit, too. */
    if (x->body_total > HTTP_BODY_MAX || x->body_raw > 8 * (size_t)HTTP_BODY_MAX) {
        x->problem = 413;
        return false;
    }
    return true;
}

/* A client that asked whether to go on, and has not done so unasked, is told to. */
static bool say_continue(http_exchange *x)
{
    static const char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
    x->expects = false;
    return x->parsed < x->end || x->answering || http_put(x, line, sizeof line - 1);
}

ssize_t http_read(http_exchange *x, void *to, size_t n)
{
    if (x->problem || (x->expects && !say_continue(x)))
        return -1;
    while (x->body_at == x->body_end) {
        if (x->complete)
            return 0;
        if (!read_body(x))
            return -1;
    }
    size_t have = x->body_end - x->body_at;
    if (n > have)
        n = have;
    memcpy(to, x->in + x->body_at, n);
    x->body_at += n;
    return (ssize_t)n;
}

/* --- One request ---------------------------------------------------------------- */

static void start_request(http_exchange *x)
{
    x->begin = x->parsed;
    x->target = (struct span){ 0 };
    x->fields = 0;
    x->headers_complete = x->complete = x->answering = x->expects = x->close = false;
    x->body_total = x->body_raw = 0;
    x->problem = 0;
    x->minor = 1;
}

/* One host, so that nobody on the way took the request for another's; and no encoding of a
 * body but chunks, of which the parser knows.  0, or the status to refuse it with. */
static int check_fields(const http_exchange *x)
{
    int hosts = 0;
    for (int i = 0; i < x->fields; i++) {
        const struct field *f = &x->field[i];
        const http_text name = { x->in + x->begin + f->name.at, f->name.len };
        const http_text value = { x->in + x->begin + f->value.at, f->value.len };
        hosts += http_text_is(name, "Host");
        if (http_text_is(name, "Transfer-Encoding") && !http_text_is(value, "chunked"))
            return 501;
    }
    return hosts > 1 || (hosts == 0 && x->minor >= 1) ? 400 : 0;
}

/* What the parser leaves to the server.  0, or the status to refuse it with. */
static int check_request(http_exchange *x)
{
    x->minor = x->parser.http_minor;
    if (x->parser.http_major != 1)
        return 505;
    const int problem = check_fields(x);
    if (problem)
        return problem;
    if (x->parser.method == HTTP_CONNECT)
        return 501;
    if ((x->parser.flags & F_CONTENT_LENGTH) && x->parser.content_length > HTTP_BODY_MAX)
        return 413;
    http_text expect = http_field(x, "Expect");
    if (!expect.at || x->minor == 0)
        return 0;
    if (!http_text_is(expect, "100-continue"))
        return 417;
    x->expects = true;
    return 0;
}

/* The next request begins where the body ends.  False: too much of it is left, or the
 * client still waits for the word to send it. */
static bool skip_body(http_exchange *x)
{
    const size_t limit = x->body_raw + 64 * 1024;
    if (x->expects && !x->complete)
        return false;
    while (!x->complete)
        if (x->problem || x->body_raw > limit || !read_body(x))
            return false;
    return true;
}

static void refuse(http_exchange *x)
{
    int status = x->problem;
    x->close = true;
    if (status != HTTP_GONE && !x->answering) {
        x->problem = 0;
        http_error(x, status);
        http_end(x);
        x->problem = status;
    }
}

/* False: the connection is to be closed. */
static bool answer_request(http_exchange *x, go_context *stop, void (*handle)(http_exchange *))
{
    start_request(x);
    if (read_header(x)) {
        x->header_end = x->body_at = x->body_end = x->parsed;
        x->close = !llhttp_should_keep_alive(&x->parser);
        x->problem = check_request(x);
    }
    if (x->problem) {
        refuse(x);
        return false;
    }
    if (go_context_err(stop))
        x->close = true;
    handle(x);
    if (x->problem) {
        refuse(x);
        return false;
    }
    if (!x->answering)
        go_panic("http: a handler returned without an answer");
    return http_end(x) && skip_body(x) && !x->close;
}

/* --- The connection ------------------------------------------------------------- */

/* Closing with something unread would reset the connection, and the client might never
 * see its answer: so say that no more will come, and let it finish, for a while. */
static void linger(http_exchange *x)
{
    int64_t until = go_now() + GO_SECOND / 2;
    if (x->problem == HTTP_GONE || shutdown(x->fd, SHUT_WR) != 0)
        return;
    for (size_t total = 0; total < 4 * (size_t)HTTP_BODY_MAX;) {
        ssize_t n = go_read_until(x->fd, x->in, sizeof x->in, until);
        if (n <= 0)
            return;
        total += (size_t)n;
    }
}

/* Answers what has come.  True: all of it, and the connection may bring more. */
static bool answer_requests(http_exchange *x, go_context *stop, void (*handle)(http_exchange *))
{
    x->parsed = x->begin = x->end = 0;
    x->out_len = 0;
    x->problem = 0;
    llhttp_init(&x->parser, HTTP_REQUEST, &callbacks);
    x->parser.data = x;
    if (!read_more(x))
        return false;
    do {
        if (!answer_request(x, stop, handle)) {
            http_flush(x);
            linger(x);
            return false;
        }
    } while (x->parsed < x->end);
    return http_flush(x);
}

void http_serve(int fd, go_context *stop, const struct http_patience *patience,
                void (*handle)(http_exchange *x))
{
    for (bool more = true; more;) {
        if (go_set_read_deadline(fd, go_now() + patience->idle) != 0 || !serve_wait(fd, stop))
            return;
        /* Only a connection with something to do has the 25 KiB of an exchange. */
        http_exchange *x = go_pool_get(&exchanges);
        if (!x)
            return;
        x->fd = fd;
        x->patience = patience;
        more = answer_requests(x, stop, handle);
        go_pool_put(&exchanges, x);
    }
}
