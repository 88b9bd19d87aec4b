/* SPDX-License-Identifier: MIT */
#include "os/pidfd.h"

#include "base/options.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Numbers that are the same everywhere, and younger than some headers. */
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
enum { BY_PIDFD = 3 }; /* P_PIDFD */

int pidfd_of(pid_t pid)
{
    if (options.no_pidfd)
        return -ENOSYS;
    long fd = syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 ? -errno : (int)fd;
}

/* What waitpid would say. */
static int status_of(const siginfo_t *info)
{
    if (info->si_code == CLD_EXITED)
        return (info->si_status & 0xff) << 8;
    return (info->si_status & 0x7f) | (info->si_code == CLD_DUMPED ? 0x80 : 0);
}

int child_ended(int pidfd, pid_t pid, int *status, bool keep, bool block)
{
    int how = WEXITED | (keep ? WNOWAIT : 0) | (block ? 0 : WNOHANG), r;
    siginfo_t info = { 0 };
    do {
        r = pidfd >= 0 ? waitid((idtype_t)BY_PIDFD, (id_t)pidfd, &info, how) : -1;
        if (pidfd < 0 || (r < 0 && errno == EINVAL)) /* 5.3 has no such idtype */
            r = waitid(P_PID, (id_t)pid, &info, how);
    } while (r < 0 && errno == EINTR);
    if (r < 0)
        return -errno;
    if (info.si_pid == 0)
        return 0;
    if (status)
        *status = status_of(&info);
    return 1;
}

int child_signal(int pidfd, pid_t pid, int sig)
{
    long r = pidfd >= 0 ? syscall(SYS_pidfd_send_signal, pidfd, sig, NULL, 0) : kill(pid, sig);
    return r < 0 ? -errno : 0;
}
