/* SPDX-License-Identifier: MIT */
/* A process that runs a test's nats-server and its children, and ends them with the test.
 *
 * guard_start forks it before the library is used.  It does what it is told over a socket,
 * and when the test ends, however it ends, the socket is closed: then the guard kills by
 * number what it has started, removes the server's folder and ends.  Should the guard be
 * killed, the kernel kills its children.
 *
 * All calls end the test if they fail.  Not from several goroutines at once. */
#ifndef EXTRA_NATS_GUARD_H
#define EXTRA_NATS_GUARD_H

#include <stdbool.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

void guard_start(void);

/* server_start - run the server, with JetStream, with these words besides; returns when it
 * accepts connections.  Each time on the same port, with the same files. */
void server_start(const char *words);
void server_kill(void); /* SIGKILL; returns when it is gone */
/* SIGSTOP, and with false SIGCONT: it is there and does nothing. */
void server_pause(bool pause);

/* The server's address; and that of nobody, before the first server_start. */
const char *server_url(void);
/* A folder for the test's files; removed in the end. */
const char *server_folder(void);

/* child_start - run this program again, with the arguments ROLE and the server's address. */
pid_t child_start(const char *role);
void child_kill(pid_t pid);
int child_wait(pid_t pid); /* its exit status; 128 and the number of a signal */

#ifdef __cplusplus
}
#endif

#endif
