/* SPDX-License-Identifier: MIT */
/* One call on a file that may have to wait for the disk.
 *
 * The record lives on the stack of who waits.  It is done by the ring's thread
 * (file/ring.h) or by who waits, on his own thread.
 *
 * Who owns it: the caller; from ring_push on the ring's thread, until it has set done
 * under the lock, or has readied who is parked on that lock.  The store that frees the
 * lock is its last access.
 */
#ifndef FILE_JOB_H
#define FILE_JOB_H

#include "base/spin.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

struct g;

enum job_kind { JOB_READ, JOB_WRITE, JOB_FSYNC, JOB_FDATASYNC, JOB_OPEN };

struct file_job {
    enum job_kind kind;      /* what to do, and with what: immutable */
    int fd;                  /* all but OPEN */
    const struct iovec *iov; /* READ, WRITE */
    int n;
    off_t offset;
    const char *path; /* OPEN */
    int flags;
    mode_t mode;

    struct file_job *next; /* ring_push, then the ring's thread */
    struct spin lock;
    struct g *g;    /* lock: who is parked, or NULL */
    bool done;      /* lock */
    ssize_t result; /* lock while the ring's thread owns it: as the call's, or -errno */
};

/* job_here - do it on this thread. */
void job_here(struct file_job *job);

/* job_wait - do it without keeping others from running; returns the result.  Outside the
 * runtime. */
ssize_t job_wait(struct file_job *job);

#endif
