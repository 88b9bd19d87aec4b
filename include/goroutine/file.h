/* SPDX-License-Identifier: MIT */
/* Files.
 *
 * The calls of POSIX under other names: same arguments, same results, same errno.  They
 * park the goroutine for as long as the disk takes, and what is in memory already they
 * fetch at once.  A file cannot be waited for as a socket can, so the waiting is left to
 * the kernel (io_uring), where it allows that, else to the thread, which other goroutines
 * do without meanwhile.  Nothing else depends on which of the two it is.
 *
 * On anything but a file, and on a thread that is not ours or that the goroutine has
 * locked (go_lock_thread), they are the calls of POSIX themselves.
 *
 * Any goroutine or thread may call everything here.  While a call is under way,
 * go_close_fd waits for it, and close(2) must not be called, as ever.
 */
#ifndef GOROUTINE_FILE_H
#define GOROUTINE_FILE_H

#include <goroutine/base.h>

#include <fcntl.h>
#include <sys/types.h>
#include <sys/uio.h>

GO_BEGIN_DECLS

/* go_open - as open(2); with O_CREAT or O_TMPFILE there is a third argument, the mode.
 *
 * A descriptor, or -1 and errno.  Also a FIFO without its other end, or a device that
 * takes long to answer, stops nobody else.  Like Go's os.OpenFile; give it O_CLOEXEC, as
 * that does, unless programs that are started shall have the file. */
GO_API int go_open(const char *path, int flags, ...);

/* go_pread, go_preadv - as pread(2), preadv(2): read at an offset, which is not moved.
 *
 * The number of bytes, which is less than asked for only at the end of the file, or if
 * there was an error behind them; 0 at the end; -1 and errno.  Like Go's File.ReadAt. */
GO_API ssize_t go_pread(int fd, void *buf, size_t count, off_t offset);
GO_API ssize_t go_preadv(int fd, const struct iovec *iov, int n, off_t offset);

/* go_pwrite, go_pwritev - as pwrite(2), pwritev(2): write at an offset, which is not
 * moved.
 *
 * The number of bytes, which is less than given only if there was an error behind them,
 * such as a full disk; -1 and errno.  Returns when the data is where a read will find it;
 * on disk it is after go_fsync.  Like Go's File.WriteAt. */
GO_API ssize_t go_pwrite(int fd, const void *buf, size_t count, off_t offset);
GO_API ssize_t go_pwritev(int fd, const struct iovec *iov, int n, off_t offset);

/* go_fsync, go_fdatasync - as fsync(2), fdatasync(2): return when what was written is on
 * the disk.
 *
 * 0, or -1 and errno; an EIO is told once, to one of those who ask.  Like Go's
 * File.Sync. */
GO_API int go_fsync(int fd);
GO_API int go_fdatasync(int fd);

GO_END_DECLS

#endif
