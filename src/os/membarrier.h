/* SPDX-License-Identifier: MIT */
#ifndef OS_MEMBARRIER_H
#define OS_MEMBARRIER_H

#include <stdbool.h>

/* membarrier_init - false if the kernel has none. */
bool membarrier_init(void);

/* membarrier_all - a full fence on every thread of this process. */
void membarrier_all(void);

#endif
