/* SPDX-License-Identifier: MIT */
/* Waiting for a descriptor in place of a call that would block.
 *
 * Nothing is remembered of a descriptor between calls: libc closes and opens some where
 * no hook sees it, and another process may set O_NONBLOCK on a file that both have open.
 * So a call is tried first such that it cannot block.  Only when it would have, the
 * kernel is asked for what decides: O_NONBLOCK, and the socket's own time limit.
 */
#ifndef POSIX_WAIT_H
#define POSIX_WAIT_H

#include "hooks.h"

#include <goroutine/time.h>

#include <errno.h>

enum side { SIDE_READ, SIDE_WRITE };

/* One call that may wait, several times; its time limit is for all of them together. */
struct wait {
    int fd;
    enum side side;
    bool begun;       /* the kernel has been asked */
    bool block;       /* why wait_more ended: make the plain call, which may block */
    int timed_out;    /* errno when the time limit is over */
    int64_t deadline; /* of the socket: SO_RCVTIMEO, SO_SNDTIMEO */
};

static inline struct wait wait_for(int fd, enum side side)
{
    return (struct wait){ .fd = fd, .side = side, .timed_out = EAGAIN, .deadline = GO_FOREVER };
}

/* wait_more - after EAGAIN.  true: try again.  false with block: see above.  false
 * without: the call fails, errno says how. */
bool wait_more(struct wait *w);

/* wait_ready - does poll(2) say now that a call of that side would not block? */
bool wait_ready(int fd, enum side side);

/* wait_broken - an error is pending, which a call would consume. */
bool wait_broken(int fd);

/* wait_here - may the caller park?  Not in the child of vfork, which has our memory. */
bool wait_here(void);
void wait_home(void);

static inline bool would_block(void)
{
    int e = errno;
    return e == EAGAIN || e == EWOULDBLOCK;
}

/* attempt, until it does not say EAGAIN; else blocking, the same call as it was made. */
#define WAIT_WHILE_EAGAIN(w, attempt, blocking)                                                    \
    __extension__({                                                                                \
        __typeof__(attempt) r_;                                                                    \
        do                                                                                         \
            r_ = (attempt);                                                                        \
        while (r_ < 0 && would_block() && wait_more(w));                                           \
        if (r_ < 0 && (w)->block)                                                                  \
            r_ = (blocking);                                                                       \
        r_;                                                                                        \
    })

/* --- Times ------------------------------------------------------------------------ */

int64_t wait_ns(time_t s, int64_t ns); /* a span; GO_FOREVER if it is no time any more */
int64_t wait_until(int64_t span);      /* the deadline that far from now */

/* wait_pause - sleep a little, more each time, for what tells nobody when it happens.
 * *pause begins with 0.  false: deadline is over. */
bool wait_pause(int64_t *pause, int64_t deadline);

#endif
