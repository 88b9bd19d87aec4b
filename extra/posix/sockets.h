/* SPDX-License-Identifier: MIT */
/* Between the files that deal with sockets.  On a goroutine only. */
#ifndef POSIX_SOCKETS_H
#define POSIX_SOCKETS_H

#include "wait.h"

/* As recv, recvmsg, send, sendmsg; -1 and ENOTSOCK, and nothing has happened, for what is
 * no socket.  The sends send all of it on a stream. */
ssize_t socket_recv(int fd, void *buf, size_t n, int flags);
ssize_t socket_recvmsg(int fd, struct msghdr *m, int flags);
ssize_t socket_send(int fd, const void *buf, size_t n, int flags);
ssize_t socket_sendmsg(int fd, const struct msghdr *m, int flags);

/* A list of pieces of which the first have been dealt with.  For a write that goes on
 * where it came to a halt. */
struct pieces {
    struct iovec few[8], *v; /* v: few, allocated, or NULL: out of memory */
    size_t n;
};
void pieces_copy(struct pieces *p, const struct iovec *v, size_t n);
void pieces_skip(struct pieces *p, size_t bytes);
void pieces_free(struct pieces *p);
size_t pieces_total(const struct iovec *v, size_t n);

#endif
