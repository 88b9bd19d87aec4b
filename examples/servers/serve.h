/* SPDX-License-Identifier: MIT */
/* What the servers of this folder share: a goroutine for each connection, and an end. */
#ifndef SERVE_H
#define SERVE_H

#include <goroutine.h>
#include <goroutine/net.h>

/* serve - listen on a TCP address and run handle(fd, stop) for each connection, in a
 * goroutine of its own; the descriptor is closed when that returns.
 *
 * Prints "listening on ADDRESS" once connections are taken, with the port that the kernel
 * chose if the address says 0.  SIGTERM or SIGINT ends the context stop: no more
 * connections are taken, and who waits for work returns.  Those under way have grace
 * nanoseconds to come to an end.
 *
 * 0: all have; else the exit status of the program, after a message. */
int serve(const char *address, void (*handle)(int fd, go_context *stop), int64_t grace);

/* serve_wait - until there is something to read; false once stop has ended and there is not,
 * or if nothing will come. */
bool serve_wait(int fd, go_context *stop);

/* break_off - whoever waits for fd returns with ETIMEDOUT, and closing it will be a reset:
 * what the peer has not read is not kept for it. */
void break_off(int fd);

#endif
