/* SPDX-License-Identifier: MIT */
/* The protocol of Redis: commands in, answers out. */
#ifndef REDIS_WIRE_H
#define REDIS_WIRE_H

#include "redis.h"

/* A command's limits: arguments, bytes of all together, bytes of a line. */
enum { WIRE_ARGS = 1024 * 1024, WIRE_COMMAND = 64 << 20, WIRE_LINE = 64 << 10 };

/* One connection, while it has something to do. */
struct wire;

/* wire_serve - run each command that comes, until the connection or stop ends, or run
 * returns false.  Several that have come together are answered with one write. */
void wire_serve(int fd, go_context *stop,
                bool (*run)(struct wire *w, const struct bytes *arg, int n));

/* Answers.  False: the client is gone. */
bool wire_text(struct wire *w, const char *text); /* as it is */
bool wire_error(struct wire *w, const char *text);
bool wire_number(struct wire *w, char kind, int64_t n); /* ':' a number, '*' an array of n */
bool wire_bulk(struct wire *w, struct bytes b);
/* wire_has_room - whether wire_bulk of n bytes would not wait for the client. */
bool wire_has_room(const struct wire *w, size_t n);

#endif
