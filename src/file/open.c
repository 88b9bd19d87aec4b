/* SPDX-License-Identifier: MIT */
#include "file/job.h"
#include "poll/desc.h"

#include <errno.h>
#include <goroutine/file.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As in linux/openat2.h, which not every C library's headers come with. */
struct how {
    uint64_t flags, mode, resolve;
};
enum { FROM_MEMORY = 0x20 }; /* RESOLVE_CACHED: -EAGAIN if a directory must be read */

/* What the kernel has the names of is opened before anybody could be woken.  A FIFO waits
 * for its other end even so, and sysmon sees to the others. */
static int open_now(const char *path, int flags)
{
#if defined(SYS_openat2)
    static int32_t missing; /* atomic: the kernel has no openat2 (5.6), or not so (5.12) */
    struct how how = { .flags = (uint64_t)(unsigned)flags, .resolve = FROM_MEMORY };
    if (ld_relaxed(&missing) || (flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE)
        return -EAGAIN;
    long fd = syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
    if (fd >= 0)
        return (int)fd;
    if (errno == ENOENT || errno == EACCES || errno == ENOTDIR || errno == EMFILE)
        return -errno;
    /* What openat2 is strict about is not its absence. */
    if (errno == ENOSYS || errno == EPERM)
        st_relaxed(&missing, 1);
#else
    (void)path, (void)flags;
#endif
    return -EAGAIN;
}

int go_open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    ssize_t fd = open_now(path, flags);
    if (fd == -EAGAIN) {
        struct file_job job = { .kind = JOB_OPEN, .path = path, .flags = flags, .mode = mode };
        fd = job_wait(&job);
    }
    if (fd >= 0) {
        desc_new((int)fd, DESC_UNKNOWN);
        return (int)fd;
    }
    errno = (int)-fd;
    return -1;
}
