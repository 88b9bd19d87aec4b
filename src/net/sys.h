/* SPDX-License-Identifier: MIT */
/* System calls on descriptors, none of which may block here: 0 or more, or a negative
 * errno.  A signal does not end one.
 *
 * By number, not by libc's functions, for two reasons.  Those may be replaced by ones that
 * park, which are made from the calls of this library; and they end a thread that is not
 * ours by pthread_cancel, in the middle of what we count.
 *
 * In a program with a sanitizer its interceptor is called instead: it looks at the
 * buffers, and learns that what is read happened after it was written. */
#ifndef NET_SYS_H
#define NET_SYS_H

#include "poll/desc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#ifndef RWF_NOWAIT /* musl */
#define RWF_NOWAIT 8
#endif

#define SYS_WEAK __attribute__((weak))
SYS_WEAK ssize_t __interceptor_read(int, void *, size_t);
SYS_WEAK ssize_t __interceptor_write(int, const void *, size_t);
SYS_WEAK ssize_t __interceptor_readv(int, const struct iovec *, int);
SYS_WEAK ssize_t __interceptor_writev(int, const struct iovec *, int);
SYS_WEAK ssize_t __interceptor_recvfrom(int, void *, size_t, int, struct sockaddr *, socklen_t *);
SYS_WEAK ssize_t __interceptor_sendto(int, const void *, size_t, int, const struct sockaddr *,
                                      socklen_t);
SYS_WEAK ssize_t __interceptor_recvmsg(int, struct msghdr *, int);
SYS_WEAK ssize_t __interceptor_sendmsg(int, const struct msghdr *, int);
SYS_WEAK int __interceptor_accept4(int, struct sockaddr *, socklen_t *, int);
SYS_WEAK int __interceptor_connect(int, const struct sockaddr *, socklen_t);

#define SYS_TRY_(call)                                                                             \
    __extension__({                                                                                \
        ssize_t r_;                                                                                \
        do                                                                                         \
            r_ = (call);                                                                           \
        while (unlikely(r_ < 0) && errno == EINTR);                                                \
        likely(r_ >= 0) ? r_ : -(ssize_t)errno;                                                    \
    })
/* What the kernel takes as a long must be one: syscall(2) has no types. */
#define SYS(name, ...) SYS_TRY_(syscall(SYS_##name, __VA_ARGS__))
/* The test for a sanitizer is one of an address that the linker knows. */
#define SYS_SEEN(name, ...)                                                                        \
    (unlikely(__interceptor_##name != NULL) ? SYS_TRY_(__interceptor_##name(__VA_ARGS__))          \
                                            : SYS(name, __VA_ARGS__))

static inline ssize_t sys_read(int fd, void *buf, size_t n)
{
    return SYS_SEEN(read, fd, buf, n);
}
static inline ssize_t sys_write(int fd, const void *buf, size_t n)
{
    return SYS_SEEN(write, fd, buf, n);
}
static inline ssize_t sys_readv(int fd, const struct iovec *v, int n)
{
    return SYS_SEEN(readv, fd, v, (long)n);
}
static inline ssize_t sys_writev(int fd, const struct iovec *v, int n)
{
    return SYS_SEEN(writev, fd, v, (long)n);
}
static inline ssize_t sys_recvfrom(int fd, void *buf, size_t n, int flags, struct sockaddr *a,
                                   socklen_t *len)
{
    return SYS_SEEN(recvfrom, fd, buf, n, flags, a, len);
}
static inline ssize_t sys_sendto(int fd, const void *buf, size_t n, int flags,
                                 const struct sockaddr *a, socklen_t len)
{
    return SYS_SEEN(sendto, fd, buf, n, flags, a, len);
}
static inline ssize_t sys_recvmsg(int fd, struct msghdr *msg, int flags)
{
#ifdef __GLIBC__
    return SYS_SEEN(recvmsg, fd, msg, flags);
#else /* musl's header has holes that the kernel reads: its function knows */
    return SYS_TRY_(recvmsg(fd, msg, flags));
#endif
}
static inline ssize_t sys_sendmsg(int fd, const struct msghdr *msg, int flags)
{
#ifdef __GLIBC__
    return SYS_SEEN(sendmsg, fd, msg, flags);
#else /* musl's header has holes that the kernel reads: its function knows */
    return SYS_TRY_(sendmsg(fd, msg, flags));
#endif
}
static inline int sys_accept4(int fd, struct sockaddr *a, socklen_t *len, int flags)
{
    return (int)SYS_SEEN(accept4, fd, a, len, flags);
}
static inline int sys_connect(int fd, const struct sockaddr *a, socklen_t len)
{
    return (int)SYS_SEEN(connect, fd, a, len);
}

/* sys_mode - the flags that fcntl(2) gets and sets. */
static inline int sys_mode(int fd)
{
    return (int)SYS(fcntl, fd, F_GETFL, 0);
}
static inline int sys_set_mode(int fd, int mode)
{
    return (int)SYS(fcntl, fd, F_SETFL, mode);
}

enum { KERNEL_SIGSET = 8 }; /* bytes */

/* sys_poll - as poll(2), which returns at once. */
static inline int sys_poll(struct pollfd *p, nfds_t n)
{
    struct timespec now = { 0, 0 };
    return (int)SYS(ppoll, p, n, &now, NULL, KERNEL_SIGSET);
}

/* sys_ready - what poll(2) says of one now: events, 0, or a negative errno. */
static inline int sys_ready(int fd, short events)
{
    struct pollfd p = { fd, events, 0 };
    int r = sys_poll(&p, 1);
    return r < 0 ? r : r == 0 ? 0 : p.revents & POLLNVAL ? -EBADF : p.revents;
}

/* sys_posix - as a call of POSIX returns it. */
static inline ssize_t sys_posix(ssize_t r)
{
    if (likely(r >= 0))
        return r;
    errno = (int)-r;
    return -1;
}

#endif
