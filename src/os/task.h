/* SPDX-License-Identifier: MIT */
#ifndef OS_TASK_H
#define OS_TASK_H

#include <stdbool.h>
#include <stdint.h>

/* task_start - a detached thread that runs f(arg); 0 or an error number.  Its own
 * stack is small: goroutines bring theirs. */
int task_start(void *(*f)(void *), void *arg);

/* task_own_files - from now on the calling thread, and those that it starts, have
 * descriptors of their own, and none yet; the program can neither see nor close them, and
 * they keep none of its files open.  false: the kernel cannot (before 5.9). */
bool task_own_files(void);

/* task_sleeps - the kernel's word for what a thread of this process does: true
 * if it sleeps in a call, false if it runs or wants to, or cannot be told.
 * Opens a file each time: kept open, it would cost the program a descriptor for
 * each thread.  Async-signal-safe; keeps errno. */
bool task_sleeps(int32_t tid);

/* task_kernel_threads - from now on the process may have threads that the kernel has made
 * for it (io_uring); once, before there is one. */
void task_kernel_threads(void);

/* task_is_kernels - the thread is one of those: it runs no code of the process, and
 * answers no signal.  Async-signal-safe; keeps errno. */
bool task_is_kernels(int32_t tid);

/* task_count - threads of the process that run its code, at one moment, those included that
 * have not quite ended; INT_MAX if it was not one moment, -1 if the kernel does not tell.  It
 * asks for the kernel's own count: a list of the threads ends early if one of them ends while
 * it is read. */
int task_count(void);

#endif
