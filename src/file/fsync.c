/* SPDX-License-Identifier: MIT */
#include "file/job.h"
#include "poll/desc.h"

#include <errno.h>
#include <goroutine/file.h>

static int sync_file(enum job_kind kind, int fd)
{
    int err = EBADF;
    struct desc *d = desc_hold(fd, &err);
    if (!d) {
        errno = err;
        return -1;
    }
    struct file_job job = { .kind = kind, .fd = fd };
    if (desc_kind(d) == DESC_FILE)
        job_wait(&job);
    else
        job_here(&job);
    desc_release(d);
    if (job.result == 0)
        return 0;
    errno = (int)-job.result;
    return -1;
}

int go_fsync(int fd)
{
    return sync_file(JOB_FSYNC, fd);
}

int go_fdatasync(int fd)
{
    return sync_file(JOB_FDATASYNC, fd);
}
