/* SPDX-License-Identifier: MIT */
#ifndef OS_CPUS_H
#define OS_CPUS_H

/* cpus_default - what GOMAXPROCS defaults to, by Go's rule: the CPUs that the
 * affinity mask allows, at most the cgroup's quota rounded up but then at least
 * 2 (unless the mask has one). */
int cpus_default(void);

#endif
