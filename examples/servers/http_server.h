/* SPDX-License-Identifier: MIT */
/* A server for HTTP/1.1 and 1.0: connections that are kept, requests sent before the answer
 * to the last one, bodies in chunks, limits and timeouts.  Parsed by llhttp.
 *
 *     static void handle(http_exchange *x)
 *     {
 *         if (http_is(x, "GET", "/"))
 *             http_answer(x, 200, "text/plain", "Hello\n");
 *         else
 *             http_error(x, 404);
 *     }
 *
 * A handler runs on the goroutine of its connection, and may wait as long as it likes.
 * What it is given is valid until it returns. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <goroutine.h>

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* One request and its answer. */
typedef struct http_exchange http_exchange;

/* A piece of text inside the request; not terminated. */
typedef struct http_text {
    const char *at;
    size_t len;
} http_text;

/* The limits; what exceeds them is answered 431 or 413, and the connection closed. */
enum { HTTP_HEADER_MAX = 8 * 1024, HTTP_FIELDS_MAX = 64, HTTP_BODY_MAX = 1024 * 1024 };

/* What a client may take, in nanoseconds.  A request that takes longer is answered 408, and
 * the connection closed; one that waits for its next request is closed without a word. */
struct http_patience {
    int64_t idle;   /* between two requests */
    int64_t header; /* from its first byte to its last */
    int64_t body;   /* for each piece of it */
    int64_t write;  /* for each piece of the answer */
};
extern const struct http_patience http_patience; /* a minute, 10, 30, 30 seconds */

/* http_serve - answer the requests of one connection, until it or stop has ended: then
 * the one under way is answered, and no other taken.  The caller closes fd. */
void http_serve(int fd, go_context *stop, const struct http_patience *patience,
                void (*handle)(http_exchange *x));

/* The request. */
http_text http_method(const http_exchange *x);
http_text http_target(const http_exchange *x);
/* http_is - whether it is this method, HEAD counting as GET, and this path, whatever
 * follows a question mark. */
bool http_is(const http_exchange *x, const char *method, const char *path);
/* http_field - the value of a header field, found without regard to case; or .at NULL. */
http_text http_field(const http_exchange *x, const char *name);
/* http_query - the number after NAME= in the query, or otherwise. */
long http_query(const http_exchange *x, const char *name, long otherwise);

/* http_read - up to n bytes of the request's body.  0 at its end; -1 if it does not come,
 * or is too long: return then, the client will be told.  Says "100 Continue" first to a
 * client that waits for it. */
ssize_t http_read(http_exchange *x, void *to, size_t n);

/* The answer: all at once, or begun, written and so ended.  Called in another order, or
 * with another length than announced, is a mistake of the caller: panics. */
void http_answer(http_exchange *x, int status, const char *type, const char *text);
/* http_error - the status, and its name as text. */
void http_error(http_exchange *x, int status);
/* length -1: not known yet; it is sent in chunks. */
void http_begin(http_exchange *x, int status, const char *type, int64_t length);
/* http_write - false if the client is gone: return then. */
bool http_write(http_exchange *x, const void *data, size_t n);
/* http_flush - send what has been written so far, and do not wait for more. */
bool http_flush(http_exchange *x);

#endif
