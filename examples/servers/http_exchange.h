/* SPDX-License-Identifier: MIT */
/* Inside the HTTP server: what http_server.c, which reads requests, and http_answer.c, which
 * writes answers, know of an exchange. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http_server.h"

#include <llhttp.h>

/* No status: there is nobody to answer. */
enum { HTTP_GONE = -1 };

/* In the request, from its beginning. */
struct span {
    uint16_t at, len;
};

struct field {
    struct span name, value;
    bool closed;
};

/* Belongs to the goroutine of the connection.
 *
 * in:  [begin .. header_end .. body_at .. body_end .. parsed .. end)
 *       the request's header   body, decoded          not yet parsed
 * Until the header is complete, header_end and what is behind it mean nothing.  Once it is,
 * further body is read into the place of that which has been handed out. */
struct http_exchange {
    int fd;
    const struct http_patience *patience;
    int problem; /* 0, a status to refuse the request with, or HTTP_GONE */
    llhttp_t parser;

    size_t begin, header_end, body_at, body_end, parsed, end;
    size_t body_total, body_raw; /* decoded; as it came, from what was read */
    struct span target;
    struct field field[HTTP_FIELDS_MAX];
    int fields, minor;
    bool headers_complete, complete; /* as the parser said */
    bool expects;                    /* the client waits for a word before it sends the body */

    bool answering, chunked, bare, close; /* begun; in chunks; without a body; last one */
    int64_t left;                         /* bytes announced and not written; not chunked */
    size_t out_len;
    int64_t date_second; /* of the text in date */
    char date[32];
    char out[8 * 1024];
    char in[2 * HTTP_HEADER_MAX];
};

bool http_text_is(http_text t, const char *text);

/* http_put - append to what is to be sent; http_end - the answer is complete.  False: the
 * client is gone. */
bool http_put(http_exchange *x, const void *data, size_t n);
bool http_end(http_exchange *x);

#endif
