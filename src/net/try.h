/* SPDX-License-Identifier: MIT */
/* Reading and writing what is no socket, without blocking, whatever its mode.
 *
 * Sockets have MSG_DONTWAIT.  Of the others the kernel lets some be read or written with
 * RWF_NOWAIT: pipes, eventfd (reads), timerfd; what a file does not know is remembered
 * in desc.refuses.  For the rest (terminals, named pipes, inotify, ...): if the descriptor
 * is not blocking, the plain call.  Else poll(2) is asked first, and then the plain call
 * finds what poll saw: among us because one at a time does the two together (see BUSY
 * below).  Another process may be faster, and then the call blocks its thread; the others
 * go on without it. */
#ifndef NET_TRY_H
#define NET_TRY_H

#include "net/call.h"

/* In desc.refuses. */
enum {
    REFUSES_READ = 1,  /* RWF_NOWAIT */
    REFUSES_WRITE = 2, /* RWF_NOWAIT */
    BUSY_READ = 4,     /* somebody is between his question and his call */
    BUSY_WRITE = 8,
};

/* try_enter - become the one who asks and calls.  false: somebody else is; pause, for he
 * will not say when he is done. */
static inline bool try_enter(struct desc *d, uint8_t busy)
{
    return !(__atomic_fetch_or(&d->refuses, busy, __ATOMIC_ACQUIRE) & busy);
}

/* Pairs with the acquire of the next one in try_enter. */
static inline void try_leave(struct desc *d, uint8_t busy)
{
    __atomic_fetch_and(&d->refuses, (uint8_t)~busy, __ATOMIC_RELEASE);
}

/* try_readv, try_writev - neither sockets nor files.  What is written may be less. */
ssize_t try_readv(struct desc *d, const struct iovec *v, int n);
ssize_t try_writev(struct desc *d, const struct iovec *v, int n);

/* io_stale - what was believed to be a socket is none: look anew. */
static inline bool io_stale(struct desc *d, ssize_t r)
{
    if (likely(r != -ENOTSOCK))
        return false;
    desc_forget(d);
    return true;
}

/* file_stale - what was believed to be a file has nothing now, which no file says: look
 * anew.  false: some file system does say so. */
static inline bool file_stale(struct desc *d, enum desc_kind k, ssize_t r)
{
    if (likely(r != -EAGAIN) || k != DESC_FILE)
        return false;
    desc_forget(d);
    return desc_kind(d) != DESC_FILE;
}

static inline bool kind_socket(enum desc_kind k)
{
    return k == DESC_TCP || k == DESC_SOCKET;
}

#endif
