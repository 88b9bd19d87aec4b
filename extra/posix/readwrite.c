/* SPDX-License-Identifier: MIT */
/* read, write and their v forms.
 *
 * What most of them are for is a socket, so that is what is tried: ENOTSOCK costs less
 * than to ask first.  Files, directories and block devices pass.  The rest is tried with
 * RWF_NOWAIT, which pipes and event descriptors know (since Linux 6.4, 5.8); others, as
 * terminals, are touched only after poll(2) has said that they are ready. */
#include "sockets.h"

#include <limits.h>
#include <sys/stat.h>

/* The thread sanitizer knows neither preadv2 nor which ends belong together. */
__attribute__((weak)) void __tsan_acquire(void *at);
__attribute__((weak)) void __tsan_release(void *at);
static char order;

static bool passes_as_file(int fd)
{
    struct stat st;
    return fstat(fd, &st) < 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || S_ISBLK(st.st_mode);
}

static bool not_a_socket(ssize_t r)
{
    return r < 0 && errno == ENOTSOCK;
}

/* There is no way to try: the file does not know of any, or the kernel. */
static bool untried(ssize_t r)
{
    return r < 0 && (errno == EOPNOTSUPP || errno == ENOSYS);
}

/* true: the plain call is next.  Not false for O_NONBLOCK: the call itself says EAGAIN. */
static bool until_ready(int fd, enum side side)
{
    struct wait w = wait_for(fd, side);
    while (!wait_ready(fd, side))
        if (!wait_more(&w))
            return w.block || would_block();
    return true;
}

static ssize_t try_readv(int fd, const struct iovec *v, int n)
{
    ssize_t r = preadv2(fd, v, n, -1, RWF_NOWAIT);
    if (r > 0 && __tsan_acquire)
        __tsan_acquire(&order);
    return r;
}

static ssize_t try_writev(int fd, const struct iovec *v, int n)
{
    if (__tsan_release)
        __tsan_release(&order);
    return pwritev2(fd, v, n, -1, RWF_NOWAIT);
}

/* --- What is no socket ------------------------------------------------------------ */

static ssize_t other_readv(int fd, const struct iovec *v, int n)
{
    struct wait w = wait_for(fd, SIDE_READ);
    if (passes_as_file(fd))
        return REAL(readv)(fd, v, n);
    ssize_t r = WAIT_WHILE_EAGAIN(&w, try_readv(fd, v, n), REAL(readv)(fd, v, n));
    if (untried(r))
        return until_ready(fd, SIDE_READ) ? REAL(readv)(fd, v, n) : -1;
    return r;
}

/* All of it: a pipe in blocking mode takes it in pieces. */
static ssize_t write_all(int fd, struct pieces *p, size_t total)
{
    struct wait w = wait_for(fd, SIDE_WRITE);
    size_t done = 0;
    while (done < total) {
        ssize_t r = WAIT_WHILE_EAGAIN(&w, try_writev(fd, p->v, (int)p->n),
                                      REAL(writev)(fd, p->v, (int)p->n));
        if (untried(r) && !done)
            return until_ready(fd, SIDE_WRITE) ? REAL(writev)(fd, p->v, (int)p->n) : -1;
        if (r < 0 && !done)
            return -1;
        if (r <= 0)
            break;
        done += (size_t)r;
        pieces_skip(p, (size_t)r);
    }
    return (ssize_t)done;
}

static ssize_t other_writev(int fd, const struct iovec *v, int n)
{
    struct pieces p;
    if (passes_as_file(fd))
        return REAL(writev)(fd, v, n);
    pieces_copy(&p, v, (size_t)n);
    if (!p.v)
        return REAL(writev)(fd, v, n);
    ssize_t r = write_all(fd, &p, pieces_total(v, (size_t)n));
    int saved = errno;
    pieces_free(&p);
    errno = saved;
    return r;
}

/* --- The calls -------------------------------------------------------------------- */

/* Nothing to move, or a length that only the call itself can judge. */
static bool passes(size_t n)
{
    return n == 0 || n > SSIZE_MAX || !go_on_goroutine();
}

static bool passes_v(const struct iovec *v, int n)
{
    return n <= 0 || n > IOV_MAX || !v || !go_on_goroutine() || pieces_total(v, (size_t)n) == 0;
}

HOOK(ssize_t, read, int fd, void *buf, size_t n)
{
    if (passes(n))
        return REAL(read)(fd, buf, n);
    ssize_t r = socket_recv(fd, buf, n, 0);
    return not_a_socket(r) ? other_readv(fd, &(struct iovec){ buf, n }, 1) : r;
}

HOOK(ssize_t, readv, int fd, const struct iovec *v, int n)
{
    if (passes_v(v, n))
        return REAL(readv)(fd, v, n);
    struct msghdr m = { .msg_iov = (struct iovec *)(uintptr_t)v, .msg_iovlen = (size_t)n };
    ssize_t r = socket_recvmsg(fd, &m, 0);
    return not_a_socket(r) ? other_readv(fd, v, n) : r;
}

HOOK(ssize_t, write, int fd, const void *buf, size_t n)
{
    if (passes(n))
        return REAL(write)(fd, buf, n);
    ssize_t r = socket_send(fd, buf, n, 0);
    return not_a_socket(r) ? other_writev(fd, &(struct iovec){ (void *)(uintptr_t)buf, n }, 1) : r;
}

HOOK(ssize_t, writev, int fd, const struct iovec *v, int n)
{
    if (passes_v(v, n))
        return REAL(writev)(fd, v, n);
    struct msghdr m = { .msg_iov = (struct iovec *)(uintptr_t)v, .msg_iovlen = (size_t)n };
    ssize_t r = socket_sendmsg(fd, &m, 0);
    return not_a_socket(r) ? other_writev(fd, v, n) : r;
}

/* --- The names that a fortified program calls --------------------------------------- */

void __chk_fail(void) __attribute__((noreturn));

HOOK_ALSO(ssize_t, __read_chk, int fd, void *buf, size_t n, size_t room)
{
    if (n > room)
        __chk_fail();
    return mine_read(fd, buf, n);
}

HOOK_ALSO(ssize_t, __read, int fd, void *buf, size_t n)
{
    return mine_read(fd, buf, n);
}

HOOK_ALSO(ssize_t, __write, int fd, const void *buf, size_t n)
{
    return mine_write(fd, buf, n);
}
