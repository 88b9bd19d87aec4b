/* SPDX-License-Identifier: MIT */
/* libgoroutine-posix: blocking libraries, unchanged.
 *
 * A program that is linked with it, or started with it preloaded, finds its functions in
 * place of libc's: read, write, recv, send, connect, accept, poll, select, epoll_wait,
 * sleep, getaddrinfo, waitpid, flock and their relatives.  Called on a goroutine they park
 * it where libc's would block its thread, with the results and the errno that libc's would
 * have; on any other thread, and for files, they are libc's.  So a client library that
 * knows nothing of goroutines serves thousands of them on a few threads.
 *
 *     cc program.c -lgoroutine-posix -lgoroutine -lpq
 *     LD_PRELOAD=libgoroutine-posix.so program
 *
 * What does not change, and what to mind: docs/reference/posix.md.
 */
#ifndef GOROUTINE_POSIX_H
#define GOROUTINE_POSIX_H

#include <goroutine/base.h>
#include <goroutine/go.h>

GO_BEGIN_DECLS

/* The ABI under the two below. */
GO_API const char *go_posix_missing_(bool (*on_goroutine)(void));

/* go_posix_missing - NULL if the functions are in force, else the name of the first that
 * other libraries do not find here.
 *
 * In force: a library that calls read or any other of them, and is loaded as a part of the
 * program or by dlopen, gets this library's.  Not so when libc, or somebody else who has
 * the same names, comes before it in the order of linking; for the library that the
 * program has linked twice, once as an archive and once shared, the name is
 * "go_on_goroutine".  Looks through all names: ask once.  Any goroutine or thread may
 * call, before the first goroutine too. */
static inline const char *go_posix_missing(void)
{
    return go_posix_missing_(go_on_goroutine);
}

/* go_posix_in_force - 1 if they are, else 0. */
static inline int go_posix_in_force(void)
{
    return go_posix_missing() == NULL;
}

GO_END_DECLS

#endif
