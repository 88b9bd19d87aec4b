/* SPDX-License-Identifier: MIT */
/* Descriptors: the calls of POSIX, parking the goroutine and not its thread.
 *
 *     int c;
 *     while ((c = go_accept(l, NULL, NULL)) >= 0)
 *         go(serve, c);
 *
 *     char buf[4096];
 *     ssize_t n;
 *     while ((n = go_read(c, buf, sizeof buf)) > 0)
 *         if (go_write(c, buf, (size_t)n) < 0)
 *             break;
 *     go_close_fd(c);
 *
 * A descriptor is an int as any other, whoever made it: socket, pipe, terminal, eventfd,
 * timerfd, inotify, ...  It may be in blocking mode or not (O_NONBLOCK): these calls wait
 * either way, and never change its mode.  Those that we make here are not blocking, and
 * closed on exec, as Go's; before one is given to code that expects to block, or to a
 * child, clear O_NONBLOCK (go_accept4 takes the flags as they are given).
 *
 * Errors are those of the POSIX call: -1, and errno.  Besides:
 *   EBADF      the descriptor is not open, or go_close_fd closed it while the call waited
 *   ETIMEDOUT  a deadline has passed: the call's own, or the descriptor's
 *   ECANCELED  the context was cancelled
 * and never EINTR: a signal does not end a call.  Nothing here raises SIGPIPE for a
 * socket: EPIPE is all.  For a pipe it is raised, as ever.
 *
 * What can be done at once is done, though the call's own deadline has passed or its
 * context has ended.  The descriptor's deadline is another matter: see go_set_deadline.
 *
 * Any goroutine or thread may call, several at once on one descriptor too: two that read
 * share what comes, two that write have their bytes sent, each write of a stream whole
 * only if it goes out in one piece, as with POSIX.
 *
 * Files, directories and block devices have no readiness that could be waited for: a call
 * on one is the plain call, and other goroutines go on meanwhile, as with any call that
 * blocks.  The same holds for what can block whatever one does: a read or write of a
 * named pipe or a terminal in blocking mode, if another process is faster by a hair.
 *
 * Close what was used here by go_close_fd: after close(2) the library learns late that
 * the number names another file.
 */
#ifndef GOROUTINE_FD_H
#define GOROUTINE_FD_H

#include <goroutine/base.h>

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

GO_BEGIN_DECLS

/* --- Reading and writing ------------------------------------------------------------ */

/* go_read - as read(2): at most n bytes into buf; waits until there is something.
 *
 * The number of bytes, 0 at the end, or -1.  Like Go's (*net.Conn).Read, (*os.File).Read. */
GO_API ssize_t go_read(int fd, void *buf, size_t n);

/* go_read_until - not later than deadline, a time on go_now()'s clock.
 * go_read_ctx - not longer than ctx lasts. */
GO_API ssize_t go_read_until(int fd, void *buf, size_t n, int64_t deadline);
GO_API ssize_t go_read_ctx(int fd, void *buf, size_t n, go_context *ctx);

/* go_write - as write(2) of a descriptor in blocking mode: all n bytes, and it waits until
 * there is room for them.
 *
 * n; or less, if an error, a deadline or the end of a context came after some of them:
 * the next call will say which; or -1, and nothing was written.
 * Like Go's (*net.Conn).Write, (*os.File).Write. */
GO_API ssize_t go_write(int fd, const void *buf, size_t n);
GO_API ssize_t go_write_until(int fd, const void *buf, size_t n, int64_t deadline);
GO_API ssize_t go_write_ctx(int fd, const void *buf, size_t n, go_context *ctx);

/* go_readv, go_writev - as readv(2) and writev(2); else as go_read and go_write.
 * Go's net.Buffers is written by writev. */
GO_API ssize_t go_readv(int fd, const struct iovec *iov, int n);
GO_API ssize_t go_writev(int fd, const struct iovec *iov, int n);

/* --- Sockets -------------------------------------------------------------------------- */

/* go_socket, go_socketpair - as socket(2) and socketpair(2), not blocking and closed on
 * exec. */
GO_API int go_socket(int domain, int type, int protocol) GO_MUST_CHECK;
GO_API int go_socketpair(int domain, int type, int protocol, int fds[2]) GO_MUST_CHECK;

/* go_connect - as connect(2): waits until the connection stands.
 *
 * A connection attempt that a deadline ended goes on in the kernel: close the socket, or
 * call again to go on waiting.  A Unix socket whose listener has a full backlog is tried
 * again after growing pauses of at most 5 ms. */
GO_API int go_connect(int fd, const struct sockaddr *addr, socklen_t len) GO_MUST_CHECK;
GO_API int go_connect_until(int fd, const struct sockaddr *addr, socklen_t len,
                            int64_t deadline) GO_MUST_CHECK;
GO_API int go_connect_ctx(int fd, const struct sockaddr *addr, socklen_t len,
                          go_context *ctx) GO_MUST_CHECK;

/* go_accept - as accept(2): waits for a connection, which is not blocking and closed on
 * exec.
 *
 * Goes on when a connection is gone before it was accepted (ECONNABORTED).  Out of
 * descriptors it fails: EMFILE, ENFILE.  Like Go's (*net.Listener).Accept.
 * go_accept4 - flags as given: SOCK_NONBLOCK, SOCK_CLOEXEC. */
GO_API int go_accept(int fd, struct sockaddr *addr, socklen_t *len) GO_MUST_CHECK;
GO_API int go_accept4(int fd, struct sockaddr *addr, socklen_t *len, int flags) GO_MUST_CHECK;
GO_API int go_accept_until(int fd, struct sockaddr *addr, socklen_t *len,
                           int64_t deadline) GO_MUST_CHECK;
GO_API int go_accept_ctx(int fd, struct sockaddr *addr, socklen_t *len,
                         go_context *ctx) GO_MUST_CHECK;

/* go_recvfrom, go_recvmsg - as recvfrom(2) and recvmsg(2); both wait for something.
 *
 * MSG_DONTWAIT, MSG_OOB and MSG_ERRQUEUE never wait, as ever: EAGAIN.  MSG_WAITALL waits for
 * all of it, on a stream.  Like Go's (*net.UDPConn).ReadFrom, ReadMsgUDP, ReadMsgUnix. */
GO_API ssize_t go_recvfrom(int fd, void *buf, size_t n, int flags, struct sockaddr *addr,
                           socklen_t *len);
GO_API ssize_t go_recvmsg(int fd, struct msghdr *msg, int flags);

/* go_sendto, go_sendmsg - as sendto(2) and sendmsg(2); on a stream all of it, as go_write.
 *
 * With MSG_DONTWAIT they do not wait: what went out, or EAGAIN.  A datagram to a Unix
 * socket that has no room, sent by one that is not connected to it, is tried again after
 * growing pauses of at most 5 ms: the kernel does not say when there is room. */
GO_API ssize_t go_sendto(int fd, const void *buf, size_t n, int flags, const struct sockaddr *addr,
                         socklen_t len);
GO_API ssize_t go_sendmsg(int fd, const struct msghdr *msg, int flags);

/* --- Pipes, and moving bytes without seeing them -------------------------------------- */

/* go_pipe - as pipe(2): fds[0] to read from, fds[1] to write to, not blocking and closed on
 * exec.  Like Go's os.Pipe. */
GO_API int go_pipe(int fds[2]) GO_MUST_CHECK;

/* go_sendfile - as sendfile(2): count bytes from the file in, at *offset or where it
 * stands, to out.
 *
 * All of them, or until the end of the file; less after an error or deadline, as go_write.
 * The kernel copies nothing through the program if out is a pipe or a file, or not blocking;
 * else this does, for sendfile would block the thread.  Go's net.TCPConn does it in ReadFrom. */
GO_API ssize_t go_sendfile(int out, int in, off_t *offset, size_t count);

/* go_splice - as splice(2): at most n bytes from in to out, one of which is a pipe.
 *
 * Waits until there is something in in, and room in out; returns what went then.  0: the
 * end of in.  With SPLICE_F_NONBLOCK it does not wait: EAGAIN.  Sockets should be not
 * blocking: else it takes small pieces. */
GO_API ssize_t go_splice(int in, off_t *in_offset, int out, off_t *out_offset, size_t n,
                         unsigned flags);

/* --- Waiting alone ---------------------------------------------------------------------- */

/* go_wait_readable - until a read or accept would not wait: there is something, the end, or
 * an error.  go_wait_writable - until a write would not.
 *
 * For libraries that do their own I/O on descriptors that do not block.  Somebody else may
 * be faster, and seldom there is nothing all the same: be prepared for EAGAIN.  0 (at once for files), or a negative errno: -EBADF, -ETIMEDOUT, -ECANCELED,
 * -ENOMEM.  To wait for several, or for channels too: go_on_readable, in select.h. */
GO_API int go_wait_readable(int fd) GO_MUST_CHECK;
GO_API int go_wait_readable_until(int fd, int64_t deadline) GO_MUST_CHECK;
GO_API int go_wait_readable_ctx(int fd, go_context *ctx) GO_MUST_CHECK;
GO_API int go_wait_writable(int fd) GO_MUST_CHECK;
GO_API int go_wait_writable_until(int fd, int64_t deadline) GO_MUST_CHECK;
GO_API int go_wait_writable_ctx(int fd, go_context *ctx) GO_MUST_CHECK;

/* go_poll - as poll(2): waits at most timeout milliseconds (-1: for ever) for one of n.
 *
 * A descriptor whose deadline has passed counts as ready; one that go_close_fd closes
 * meanwhile gets POLLNVAL.
 * go_poll_until - 0 when deadline, a time on go_now()'s clock, has passed.
 * go_poll_ctx - -1 and ECANCELED or ETIMEDOUT when ctx has ended. */
GO_API int go_poll(struct pollfd *fds, nfds_t n, int timeout);
GO_API int go_poll_until(struct pollfd *fds, nfds_t n, int64_t deadline);
GO_API int go_poll_ctx(struct pollfd *fds, nfds_t n, go_context *ctx);

/* --- Deadlines and the end -------------------------------------------------------------- */

/* go_set_deadline - calls on fd fail with ETIMEDOUT from the time t on, on go_now()'s clock.
 *
 * Those that wait now, and later ones, though there be something to read: until it is set
 * anew, which may be done at any time.  A t that has passed (0, say) ends all waiting now.
 * GO_FOREVER: no deadline, as at first.  A write that has written some returns how much.
 * Reads are also accepts and go_wait_readable; writes also connects.  A file does not
 * wait: nothing ends, but later calls fail all the same.
 *
 * 0, -EBADF or -ENOMEM.  Like Go's SetDeadline, SetReadDeadline, SetWriteDeadline. */
GO_API int go_set_deadline(int fd, int64_t t) GO_MUST_CHECK;
GO_API int go_set_read_deadline(int fd, int64_t t) GO_MUST_CHECK;
GO_API int go_set_write_deadline(int fd, int64_t t) GO_MUST_CHECK;

/* go_close_fd - as close(2), and whoever waits for fd gets EBADF.
 *
 * Returns when the calls under way have left, so that none of them can meet the next file
 * of that number.  Of several that close at once one does; the others get EBADF.
 *
 * Who is between two calls just then is another matter: his next call gets EBADF only until
 * the kernel gives the number away again, and then meets the next file.  So end a loop of
 * reads or accepts of others by go_set_deadline(fd, 0), by its context or by shutdown(2),
 * and close where nobody uses the number any more.  Like Go's Close, but for that: a
 * net.Conn is no number. */
GO_API int go_close_fd(int fd);

GO_END_DECLS

#endif
