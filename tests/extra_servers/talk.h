/* SPDX-License-Identifier: MIT */
/* Starting one of the example servers, and speaking to it with plain blocking sockets: none
 * of the library is in these programs.  Whatever is waited for has half a minute, which
 * nothing but a fault takes. */
#ifndef EXTRA_SERVERS_TALK_H
#define EXTRA_SERVERS_TALK_H

#include "check.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { PATIENCE_MS = 30000 };

struct server {
    pid_t pid;
    int port;
    char address[32];
};

/* server_start - run program with the address 127.0.0.1:0 and what follows, up to NULL; back
 * when it listens.  It ends with this process. */
struct server server_start(const char *program, ...) __attribute__((sentinel));
/* server_stop - SIGTERM; its exit status must be 0. */
void server_stop(struct server s);
/* server_wait - for its end after a SIGTERM; its exit status must be 0. */
void server_wait(struct server s);
/* server_resident - KiB. */
long server_resident(struct server s);

int dial(int port);
int dial_small(int port); /* with a small buffer for what comes */
/* listen_on - a listener of this process, on a free port. */
int listen_on(int *port);
int accept_on(int listener);
void say(int fd, const char *text);
void say_bytes(int fd, const void *at, size_t n);
/* say_slowly - byte by byte, each a segment of its own. */
void say_slowly(int fd, const char *text);
/* try_say - false: the connection is gone. */
bool try_say(int fd, const char *text);
/* is_answered - waits for the first byte, and leaves it; false: the end comes instead. */
bool is_answered(int fd);
/* hear - exactly these bytes come next. */
void hear(int fd, const char *text);
void hear_bytes(int fd, const void *at, size_t n);
/* hear_some - at most n bytes; 0: the end; -1: a reset. */
ssize_t hear_some(int fd, void *at, size_t n);
/* hear_end - the stream ends in good order; hear_gone - it ends somehow.  Close fd. */
void hear_end(int fd);
void hear_gone(int fd);
/* hear_line - a line, without its end; false at the end of the stream. */
bool hear_line(int fd, char *line, size_t size);
/* hear_nothing_yet - what must not have come by now has not. */
void hear_nothing_yet(int fd);
void no_more(int fd); /* shutdown of our side */
void reset(int fd);   /* close, so that the peer is told of a broken connection */

#endif
