/* SPDX-License-Identifier: MIT */
/* Other programs: starting them, talking to them, waiting for them.
 *
 *     char *argv[] = { "sort", "-r", NULL };
 *     go_process p;
 *     int err = go_process_start(&p, &(go_command){ .argv = argv, .in = GO_STDIO_PIPE });
 *     if (err < 0)
 *         ...                                   // -ENOENT: there is no such program
 *     go_write(p.in, "b\na\n", 4);
 *     go_close_fd(p.in);
 *     int status;
 *     go_process_wait(&p, &status);             // parks the goroutine
 *     go_process_drop(&p);
 *
 * A process is held by more than its number (a pidfd, where the kernel has them, Linux
 * 5.3): a signal never reaches another that got the same number later.
 *
 * Any goroutine or thread may call everything here.  Like Go's package os/exec.
 */
#ifndef GOROUTINE_PROCESS_H
#define GOROUTINE_PROCESS_H

#include <goroutine/base.h>

#include <sys/types.h>
#include <sys/wait.h>

/* What a program gets as its standard input, output or error, besides a descriptor of
 * this process, a number from 1 on. */
enum {
    GO_STDIO_INHERIT = 0, /* what this process has there */
    GO_STDIO_NULL = -1,   /* nothing: /dev/null */
    GO_STDIO_PIPE = -2,   /* a pipe, the other end of which is ours: go_process */
    GO_STDIO_OUT = -3,    /* err only: where out goes */
};

/* go_command - what to start.  All but argv may be left zero. */
typedef struct go_command {
    const char *path;  /* the program; without a slash, looked for in PATH.  NULL: argv[0] */
    char *const *argv; /* its arguments, argv[0] first, NULL last */
    char *const *env;  /* its environment, NULL last.  NULL: that of this process */
    const char *dir;   /* its working directory, also for a relative path.  NULL: ours */
    int in, out, err;  /* GO_STDIO_..., or a descriptor */
    pid_t group;       /* process group: 0 ours, -1 a new one, else that one */
    bool session;      /* a new session, and with it a new group */
    go_context *ctx;   /* its end ends the process by stop_signal; NULL: none */
    int stop_signal;   /* 0: SIGKILL */
} go_command;

/* go_process - a program that was started.
 *
 * pid           its number
 * in, out, err  our ends of the pipes that were asked for, else -1; to be closed, by
 *               go_close_fd, by who asked.  They do not block and are closed on exec.
 */
typedef struct go_process {
    pid_t pid;
    int in, out, err;
    struct go_process_state_ *state_;
} go_process;

GO_BEGIN_DECLS

/* go_process_start - start a program.
 *
 * It begins with no signal blocked and none ignored or caught, and with those descriptors
 * of this process that are not closed on exec.  PATH is that of this process.
 *
 * Its pid, or a negative errno, and then nothing was started and *p holds nothing: -ENOENT,
 * -EACCES, -ENOEXEC, ... if the program or the directory is not to be had; -EINVAL: no
 * argv; -EBADF: a descriptor is not open; -EMFILE, -EAGAIN, -ENOMEM.  If ctx has ended
 * nothing is started: -ECANCELED or -ETIMEDOUT.
 * Like Go's exec.CommandContext and Cmd.Start. */
GO_API pid_t go_process_start(go_process *p, const go_command *c) GO_MUST_CHECK;

/* go_process_wait - wait until it has ended.
 *
 * *status, if status is not NULL, is as by waitpid(2), for WIFEXITED and so on.  Any
 * number of goroutines may wait, also when it has ended long ago: all get the same.
 * 0; -ECHILD: somebody else has waited for it, by its number or for any child, and got the
 * status.  Does not wait for the other ends of pipes.  Like Go's Cmd.Wait.
 *
 * go_process_wait_until - not later than the time t: -ETIMEDOUT.
 * go_process_wait_ctx   - not longer than ctx lasts: -ECANCELED, -ETIMEDOUT. */
GO_API int go_process_wait(go_process *p, int *status);
GO_API int go_process_wait_until(go_process *p, int *status, int64_t t) GO_MUST_CHECK;
GO_API int go_process_wait_ctx(go_process *p, int *status, go_context *ctx) GO_MUST_CHECK;

/* go_process_signal - send it a signal.
 *
 * 0; -ESRCH: it has ended and was waited for; -EINVAL, -EPERM as kill(2).
 * Like Go's Process.Signal. */
GO_API int go_process_signal(go_process *p, int sig);

/* go_process_drop - let go of it: *p holds nothing any more, and nobody else may use it
 * now.  It does not end, nor close pipes.  One that was never waited for stays a zombie
 * when it ends, until its number is waited for; and ctx does not end it any more. */
GO_API void go_process_drop(go_process *p);

/* go_wait_process - as waitpid(2), for children that were started in any way.
 *
 * The pid; -1 and errno: ECHILD, EINVAL; never EINTR.  options as there.  For one child,
 * and without options, the goroutine parks; else the thread waits, and others run
 * meanwhile.
 *
 * go_wait_process_until - one child, not later than the time t: 0, -ETIMEDOUT, -ECHILD;
 *                         -EINVAL: pid is not positive.
 * go_wait_process_ctx   - the same, not longer than ctx lasts. */
GO_API pid_t go_wait_process(pid_t pid, int *status, int options);
GO_API int go_wait_process_until(pid_t pid, int *status, int64_t t) GO_MUST_CHECK;
GO_API int go_wait_process_ctx(pid_t pid, int *status, go_context *ctx) GO_MUST_CHECK;

GO_END_DECLS

#endif
