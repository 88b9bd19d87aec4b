/* SPDX-License-Identifier: MIT */
#include "net/try.h"

#include "net/vector.h"

#include <limits.h>
#include <sys/ioctl.h>

enum { FIRST_PAUSE = 50000, LAST_PAUSE = 5000000 }; /* ns */

struct until io_pause_end(struct until u, int64_t *pause)
{
    *pause = *pause == 0 ? FIRST_PAUSE : *pause < LAST_PAUSE / 2 ? *pause * 2 : LAST_PAUSE;
    int64_t end = clock_now() + *pause;
    return (struct until){ end < u.deadline ? end : u.deadline, u.cancel };
}

static int pause_for(struct desc *d, enum desc_side side, uint32_t seen, struct until u,
                     int64_t *pause)
{
    int over = until_over(u);
    if (over)
        return over;
    int r = desc_wait(d, side, seen, io_pause_end(u, pause));
    /* Whose time is over is seen here, and in desc_begin. */
    return r == -ETIMEDOUT ? until_over(u) : r;
}

int io_later(struct desc *d, enum desc_side side, uint32_t seen, struct until u, ssize_t why,
             struct io_tries *t)
{
    if (unlikely(why == IO_PAUSE))
        return pause_for(d, side, seen, u, &t->pause);
    int r = desc_wait(d, side, seen, u);
    if (likely(r == 0) || why != IO_DRY || t->asked)
        return r;
    /* Something may have come of which we have not been told. */
    t->asked = true;
    desc_not_dry(d);
    return 0;
}

/* RWF_NOWAIT at the place where the file stands. */
static ssize_t no_wait(int fd, bool write, const struct iovec *v, int n)
{
    const long here = -1;
    return write ? SYS(pwritev2, fd, v, (long)n, here, 0L, RWF_NOWAIT)
                 : SYS(preadv2, fd, v, (long)n, here, 0L, RWF_NOWAIT);
}

static ssize_t plain(int fd, bool write, const struct iovec *v, int n)
{
    return write ? sys_writev(fd, v, n) : sys_readv(fd, v, n);
}

/* What poll(2) calls room is room for PIPE_BUF bytes, or for some: more would block. */
static bool takes_pieces(struct desc *d)
{
    char termios[64];
    return desc_kind(d) == DESC_PIPE || SYS(ioctl, d->fd, TCGETS, termios) == 0;
}

static ssize_t write_piece(struct desc *d, const struct iovec *v, int n)
{
    if (vector_len(v, n) <= PIPE_BUF || !takes_pieces(d))
        return plain(d->fd, true, v, n);
    struct iovec piece[VECTOR_PART];
    int parts = vector_part(&(struct vector){ v, n, 0 }, piece, PIPE_BUF);
    return plain(d->fd, true, piece, parts);
}

static ssize_t ask_first(struct desc *d, bool write, const struct iovec *v, int n)
{
    int mode = sys_mode(d->fd);
    if (mode < 0)
        return mode;
    if (mode & O_NONBLOCK || vector_len(v, n) == 0)
        return io_again(plain(d->fd, write, v, n));
    uint8_t busy = write ? BUSY_WRITE : BUSY_READ;
    if (!try_enter(d, busy))
        return IO_PAUSE;
    ssize_t r = sys_ready(d->fd, write ? POLLOUT : POLLIN);
    if (r > 0)
        r = write ? write_piece(d, v, n) : plain(d->fd, false, v, n);
    else if (r == 0)
        r = IO_WAIT;
    try_leave(d, busy);
    return r;
}

static ssize_t try_either(struct desc *d, bool write, uint8_t refuses, const struct iovec *v, int n)
{
    if (likely(!(ld_relaxed(&d->refuses) & refuses)) && !sanitizer_on) {
        ssize_t r = no_wait(d->fd, write, v, n);
        if (likely(r != -EOPNOTSUPP && r != -ENOSYS))
            return io_again(r);
        __atomic_fetch_or(&d->refuses, refuses, __ATOMIC_RELAXED);
    }
    return ask_first(d, write, v, n);
}

ssize_t try_readv(struct desc *d, const struct iovec *v, int n)
{
    return try_either(d, false, REFUSES_READ, v, n);
}

ssize_t try_writev(struct desc *d, const struct iovec *v, int n)
{
    return try_either(d, true, REFUSES_WRITE, v, n);
}
