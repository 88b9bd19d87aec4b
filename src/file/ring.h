/* SPDX-License-Identifier: MIT */
/* The kernel's ring for files, and the thread that keeps it: docs/design/files.md. */
#ifndef FILE_RING_H
#define FILE_RING_H

#include "file/job.h"

#ifndef GO_URING
#define GO_URING 0
#endif

#if GO_URING
/* ring_there - whether jobs may be pushed.  The first call begins to find out, and does
 * not wait for the answer.  Outside the runtime. */
bool ring_there(void);

/* ring_push - have the job done; see job.h for how one learns of it.  Outside the runtime.
 * result may be -EAGAIN, -ECANCELED and the like, which only mean: not here. */
void ring_push(struct file_job *job);
#else
static inline bool ring_there(void)
{
    return false;
}
static inline void ring_push(struct file_job *job)
{
    (void)job;
}
#endif

#endif
