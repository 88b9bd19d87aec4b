/* SPDX-License-Identifier: MIT */
/* The form of a call that may wait: try, and if there is nothing, park, try again.
 *
 * What is tried is a function that never blocks (but see try.h) and returns 0 or more, a
 * negative errno, or one of enum io_later.  It is inlined: a call that finds what it wants
 * costs its system call, and two counts in the record of the descriptor. */
#ifndef NET_CALL_H
#define NET_CALL_H

#include "net/sys.h"

/* No errno is that small. */
enum io_later {
    IO_WAIT = -5001,  /* nothing now: the kernel will tell */
    IO_PAUSE = -5002, /* nothing now, and it will not: try again after a while */
    IO_DRY = -5003,   /* as IO_WAIT, but the kernel was not asked: desc_dry */
};

#define always_inline inline __attribute__((always_inline))

typedef ssize_t io_try(struct desc *d, void *arg);

/* io_again - EAGAIN as the kernel means it: it will tell. */
static inline ssize_t io_again(ssize_t r)
{
    return unlikely(r == -EAGAIN) ? (ssize_t)IO_WAIT : r;
}

/* io_pause_end - u, or sooner.  *pause grows, from 0. */
struct until io_pause_end(struct until u, int64_t *pause);

/* What a call remembers from one try to the next. */
struct io_tries {
    int64_t pause; /* the last one */
    bool asked;    /* after IO_DRY and the end of u: the kernel, to be sure */
};

/* io_later - wait as why, one of io_later, says.  0: try again.  Negative: how it ended. */
int io_later(struct desc *d, enum desc_side side, uint32_t seen, struct until u, ssize_t why,
             struct io_tries *t);

/* io_held - on a descriptor that is held.  Negative: how it ended. */
static always_inline ssize_t io_held(struct desc *d, enum desc_side side, struct until u,
                                     io_try *attempt, void *arg)
{
    struct io_tries tries = { 0, false };
    for (;;) {
        ssize_t r = desc_begin(d, side);
        if (unlikely(r))
            return r;
        uint32_t seen = desc_seen(d, side);
        r = attempt(d, arg);
        if (likely(r > IO_WAIT))
            return r;
        r = io_later(d, side, seen, u, r, &tries);
        if (unlikely(r))
            return r;
    }
}

static always_inline ssize_t io_call(int fd, enum desc_side side, struct until u, io_try *attempt,
                                     void *arg)
{
    int err;
    struct desc *d = desc_hold(fd, &err);
    if (unlikely(!d))
        return -err;
    ssize_t r = io_held(d, side, u, attempt, arg);
    desc_release(d);
    return r;
}

#endif
