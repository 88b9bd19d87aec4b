/* SPDX-License-Identifier: MIT */
/* Processes by descriptor, where the kernel can (5.3, 5.4), else by number. */
#ifndef OS_PIDFD_H
#define OS_PIDFD_H

#include <stdbool.h>
#include <sys/types.h>

/* pidfd_of - a descriptor that is readable once the process has ended; or a negative
 * errno: -ESRCH, -ENOSYS, -EMFILE, ... */
int pidfd_of(pid_t pid);

/* child_ended - whether the child has ended, and if keep is false, its status, which
 * nobody gets again.  pidfd may be -1.
 *
 * 1; 0: not yet, if block is false; or a negative errno: -ECHILD. */
int child_ended(int pidfd, pid_t pid, int *status, bool keep, bool block);

/* child_signal - 0 or a negative errno.  pidfd may be -1: then it must not have been
 * waited for. */
int child_signal(int pidfd, pid_t pid, int sig);

#endif
