/* SPDX-License-Identifier: MIT */
/* Waiting for children.
 *
 * The end of one is waited for by a descriptor of it (pidfd).  Any of several, or that
 * one is stopped or goes on: nothing but the call tells, so a thread waits in it. */
#include "wait.h"

#include <sys/syscall.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

/* Park until the process has ended.  false: that cannot be waited for so. */
static bool park_for(pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0)
        return false;
    int err = go_wait_readable(fd);
    go_close_fd(fd);
    return err == 0;
}

struct wait4_call {
    pid_t pid;
    int *status, options;
    struct rusage *usage;
    pid_t r;
};

static void do_wait4(struct wait4_call *c)
{
    c->r = REAL(wait4)(c->pid, c->status, c->options, c->usage);
}

static bool by_descriptor(struct wait4_call *c)
{
    struct wait4_call now = *c;
    now.options |= WNOHANG;
    do {
        do_wait4(&now);
        if (now.r != 0) {
            c->r = now.r;
            return true;
        }
    } while (park_for(c->pid));
    return false;
}

static pid_t wait_as(pid_t pid, int *status, int options, struct rusage *usage)
{
    struct wait4_call c = { pid, status, options, usage, -1 };
    bool ends_only = !(options & (WUNTRACED | WCONTINUED));
    if (!go_on_goroutine() || (options & WNOHANG) || !wait_here())
        do_wait4(&c);
    else if (pid <= 0 || !ends_only || !by_descriptor(&c))
        go_block(do_wait4, &c);
    return c.r;
}

HOOK(pid_t, wait4, pid_t pid, int *status, int options, struct rusage *usage)
{
    return wait_as(pid, status, options, usage);
}

HOOK(pid_t, wait3, int *status, int options, struct rusage *usage)
{
    return wait_as(-1, status, options, usage);
}

HOOK(pid_t, waitpid, pid_t pid, int *status, int options)
{
    return wait_as(pid, status, options, NULL);
}

HOOK(pid_t, wait, int *status)
{
    return wait_as(-1, status, 0, NULL);
}

/* --- waitid ----------------------------------------------------------------------- */

struct waitid_call {
    idtype_t type;
    id_t id;
    siginfo_t *info;
    int options, r;
};

static void do_waitid(struct waitid_call *c)
{
    c->r = REAL(waitid)(c->type, c->id, c->info, c->options);
}

/* Without an end to tell of, si_pid is 0. */
static bool waitid_by_descriptor(struct waitid_call *c)
{
    siginfo_t info;
    struct waitid_call now = { c->type, c->id, &info, c->options | WNOHANG, -1 };
    do {
        info.si_pid = 0;
        do_waitid(&now);
        if (now.r < 0 || info.si_pid != 0) {
            c->r = now.r;
            if (c->info && now.r == 0)
                *c->info = info;
            return true;
        }
    } while (park_for((pid_t)c->id));
    return false;
}

HOOK(int, waitid, idtype_t type, id_t id, siginfo_t *info, int options)
{
    struct waitid_call c = { type, id, info, options, -1 };
    bool one_end = type == P_PID && !(options & (WSTOPPED | WCONTINUED));
    if (!go_on_goroutine() || (options & WNOHANG) || !wait_here())
        do_waitid(&c);
    else if (!one_end || !waitid_by_descriptor(&c))
        go_block(do_waitid, &c);
    return c.r;
}

HOOK_ALSO(pid_t, __waitpid, pid_t pid, int *status, int options)
{
    return mine_waitpid(pid, status, options);
}

HOOK_ALSO(pid_t, __wait, int *status)
{
    return mine_wait(status);
}
