/* SPDX-License-Identifier: MIT */
/* userfaultfd: memory whose missing pages a thread of ours supplies, whoever touches
 * them, the kernel included. */
#ifndef OS_UFFD_H
#define OS_UFFD_H

#include <stdbool.h>
#include <stddef.h>

struct uffd_fault {
    char *at;
    bool write;
};

/* uffd_open - 0, or a negative errno: no privilege, or a kernel that cannot move pages
 * (before 6.8).  The others below are for threads that share the opener's descriptors.
 * Once it is closed, the pages that are missing are zeros. */
int uffd_open(void);
void uffd_close(void);

/* uffd_watch - from now on a touch of a page of [at, at + size) that is not there is
 * a fault that uffd_next tells of.  0 or a negative errno. */
int uffd_watch(void *at, size_t size);

/* uffd_move - take one page from where it is to a place that is watched, at once: who
 * writes to it writes before, or faults after.  0 or a negative errno: -EBUSY if
 * somebody (a device) holds the page itself, -ENOENT if there is none. */
int uffd_move(void *to, void *from, size_t page);

/* uffd_fill - supply the missing pages of [at, at + size) from memory, or with zeros
 * (no memory is used until they are written to), and let go on who faulted there.
 * 0 or a negative errno: -EEXIST if they are not missing. */
int uffd_fill(void *at, const void *from, size_t size);
int uffd_zero(void *at, size_t size);

/* uffd_wake - let who faulted there try again. */
void uffd_wake(void *at, size_t size);

/* uffd_next - waits for faults; how many of the n were filled in. */
int uffd_next(struct uffd_fault *faults, int n);

#endif
