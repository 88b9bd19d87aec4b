/* SPDX-License-Identifier: MIT */
#include "os/sigkeep.h"

#include <stdint.h>

static uint64_t kept; /* atomic: bit of a signal */

void signal_keep(int sig)
{
    __atomic_fetch_or(&kept, UINT64_C(1) << (sig - 1), __ATOMIC_RELAXED);
}

bool signal_kept(int sig)
{
    return __atomic_load_n(&kept, __ATOMIC_RELAXED) & (UINT64_C(1) << (sig - 1));
}
