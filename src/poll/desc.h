/* SPDX-License-Identifier: MIT */
/* What the library knows of a descriptor: a record for each number, never freed.
 *
 * A descriptor is registered with the kernel's poller once, edge-triggered, at its first
 * wait.  After that a call costs its system call: it is tried first, and parks when the
 * kernel says EAGAIN.  The form of every call that may wait:
 *
 *     d = desc_hold(fd, &err);
 *     do {
 *         err = desc_begin(d, side);              // deadline over, being closed
 *         seen = desc_seen(d, side);              // before the try
 *         r = the call, so that it cannot block
 *     } while (r says EAGAIN && (err = desc_wait(d, side, seen, until)) == 0);
 *     desc_release(d);
 *
 * The wake-up that could be lost.  Each event counts seq up, under the lock, and wakes
 * all that wait for its side.  Whoever finds nothing parks only if seq is still what it
 * was before he looked: so an event that came between the look and the park is not
 * slept over, also when it was somebody else whom it woke.
 *
 * Closing.  refs is the count of calls under way, and CLOSING.  desc_close sets CLOSING,
 * wakes all waiters, and gives up its own count; whoever takes the count to zero closes
 * the number.  So a call under way never meets the next file of the same number.  States:
 *
 *   OPEN n --desc_close--> CLOSING n --last release--> CLOSING|FINAL --closed--> OPEN 0
 *
 * FINAL belongs to one thread, until close(2) has given the number back.  A call that meets it is on
 * its way to the file before (and then was late in any case), or the number has been given
 * away again by the kernel: it waits for the end of FINAL, and takes what is there then.
 *
 * gen goes into what the kernel says of an event, and up when the number is closed: what
 * was on its way for the file before is recognised.
 *
 * A number that is closed by close(2), not here, and then names another file: calls that
 * make one (desc_new) tell.  Else a wait for the new file would never end, for the kernel
 * has dropped the old one from its poller.  desc_recheck finds those: it has the kernel
 * look again at each that has waited for long, once.
 *
 * Invariants, whenever the lock is free:
 *  F1  a waiter is queued => io_waits has been told, and the descriptor is registered or
 *      its waiter is about to be woken.
 *  F2  a waiter is queued and its side's deadline is set => that side's timer is ARMED,
 *      not later than the deadline, or FIRING.
 *  F3  CLOSING without FINAL => refs counts somebody who will leave.
 *  F4  not CLOSING, or a waiter came before: nobody is queued once desc_close has woken
 *      all; desc_wait looks at CLOSING under the lock.
 */
#ifndef POLL_DESC_H
#define POLL_DESC_H

#include "base/spin.h"
#include "sched/park.h"
#include "sched/waitq.h"
#include "timer/timer.h"

enum desc_side { DESC_READ, DESC_WRITE, DESC_SIDES };

/* FILE cannot be polled: regular, directory, block device.  OTHER: tty, eventfd, ... */
enum desc_kind { DESC_UNKNOWN, DESC_TCP, DESC_SOCKET, DESC_PIPE, DESC_FILE, DESC_OTHER };

#define DESC_CLOSING  (1u << 31)
#define DESC_FINAL    (1u << 30)
#define DESC_NOT_OPEN (DESC_CLOSING | DESC_FINAL)

enum desc_flags {
    DESC_REGISTERED = 1, /* the kernel's poller has it, as gen */
    DESC_MANY_EDGES = 2, /* hung up, an error, urgent data: short reads tell nothing */
    DESC_SEEN = 4,       /* by desc_recheck, since the last wait began */
    DESC_CHECKED = 8,    /* seen again, and the kernel was asked */
};

/* Deadlines of a descriptor; made when the first one is set, and then the record's. */
struct desc_deadlines {
    int64_t when[DESC_SIDES];       /* lock, [peek]; GO_FOREVER: none */
    struct timer timer[DESC_SIDES]; /* lock; each ends itself */
};

/* On the stack of who closes. */
struct desc_closer;

struct desc {
    uint32_t refs; /* atomic; see above */
    struct spin lock;
    uint32_t seq[DESC_SIDES];         /* lock to change; atomic.  Never 0 */
    uint32_t gen;                     /* lock */
    uint32_t dry;                     /* atomic: seq at which a read emptied it, or 0 */
    uint8_t kind;                     /* atomic: enum desc_kind */
    uint8_t flags;                    /* lock to change; atomic: enum desc_flags */
    uint8_t refuses;                  /* atomic: bits of src/net: what the file does not know */
    int32_t fd;                       /* imm: the number */
    struct go_waitq_ q[DESC_SIDES];   /* lock */
    struct desc_deadlines *deadlines; /* atomic: NULL, then imm */
    struct desc_closer *closer;       /* lock */
} cache_aligned;

/* desc_at - the record of fd, made if need be.  NULL: *err = EBADF (no such number), ENOMEM. */
struct desc *desc_at(int fd, int *err);

/* desc_hold - begin a call on fd.  NULL: *err = EBADF (no such number, or it is being
 * closed), ENOMEM.  Until desc_release the number is not closed by desc_close.  Not
 * inside the runtime. */
struct desc *desc_hold(int fd, int *err);
void desc_release(struct desc *d);

/* desc_new - fd has just been made by the kernel for a call of ours: what was known of
 * that number is void. */
void desc_new(int fd, enum desc_kind kind);

/* desc_kind - what it is; asks the kernel the first time. */
enum desc_kind desc_look(struct desc *d);
static inline enum desc_kind desc_kind(struct desc *d)
{
    enum desc_kind k = (enum desc_kind)ld_relaxed(&d->kind);
    return likely(k != DESC_UNKNOWN) ? k : desc_look(d);
}

/* desc_forget - what it was believed to be was wrong: the number names another file. */
void desc_forget(struct desc *d);

/* desc_begin - 0, -EBADF (it is being closed) or -ETIMEDOUT (the deadline of that side
 * is over), whatever the file has to offer. */
int desc_begin_slow(struct desc *d, enum desc_side side);
static inline int desc_begin(struct desc *d, enum desc_side side)
{
    if (likely(!ld_relaxed(&d->deadlines) && !(ld_relaxed(&d->refs) & DESC_CLOSING)))
        return 0;
    return desc_begin_slow(d, side);
}

/* desc_seen - to be given to desc_wait.  Acquire: what the try finds is not older. */
static inline uint32_t desc_seen(const struct desc *d, enum desc_side side)
{
    return ld_acquire(&d->seq[side]);
}

/* desc_wait - park until something has happened to that side since seen.
 *
 * 0: try again.  -EBADF: closed meanwhile.  -ETIMEDOUT, -ECANCELED: u, or the deadline of
 * the side.  -EPERM: the file cannot be polled.  -ENOMEM, -ENOSPC: the kernel's. */
int desc_wait(struct desc *d, enum desc_side side, uint32_t seen, struct until u);

/* desc_close - as close(2), also its errno.  Wakes all waiters with -EBADF and returns
 * when the calls under way have left and the number is free. */
int desc_close(int fd);

/* desc_set_deadline - for reads, writes or both; GO_FOREVER: none.  Also for those that
 * wait now.  0, or a negative errno. */
int desc_set_deadline(int fd, bool read, bool write, int64_t when);

/* A read of a TCP stream that returned less than it asked for has emptied it: the next
 * one parks without asking the kernel, unless something has happened since. */
static inline void desc_note_dry(struct desc *d, uint32_t seen)
{
    st_relaxed(&d->dry, ld_relaxed(&d->flags) & DESC_MANY_EDGES ? 0 : seen);
}
/* desc_not_dry - the kernel has said that there is something. */
static inline void desc_not_dry(struct desc *d)
{
    if (ld_relaxed(&d->dry))
        st_relaxed(&d->dry, 0u);
}
static inline bool desc_dry(const struct desc *d)
{
    return ld_relaxed(&d->dry) == ld_relaxed(&d->seq[DESC_READ]) &&
           !(ld_relaxed(&d->flags) & DESC_MANY_EDGES);
}

/* --- For select, which waits for several (poll/select_fd.c) --------------------- */

/* desc_register - have the kernel's poller watch it.  0 or a negative errno. */
int desc_register(struct desc *d);

/* desc_enqueue - queue a waiter; inside the runtime.  0; 1: something has happened since
 * seen; or a negative errno as desc_wait. */
int desc_enqueue(struct m *m, struct desc *d, enum desc_side side, uint32_t seen,
                 struct go_waiter_ *w);
void desc_dequeue(struct desc *d, enum desc_side side, struct go_waiter_ *w);

/* --- For the poller -------------------------------------------------------------- */

/* desc_event - what the kernel says has happened.  Adds the waiters to wake, by next. */
void desc_event(uint64_t data, uint32_t events, struct go_waiter_ ***last);

/* desc_wake - ready a chain of waiters; m may be NULL, as in io_ops. */
void desc_wake(struct m *m, struct go_waiter_ *first);

/* desc_recheck - io_ops: by sysmon, once a second while it is wanted.
 *
 * The system call is made under the lock: whoever is queued has counted himself in refs,
 * so as long as somebody is, the number is not closed here and gen is the file's. */
bool desc_recheck(void);

void desc_verify(void);

#endif
