/* SPDX-License-Identifier: MIT */
#include "os/membarrier.h"

#include "base/fatal.h"

#include <errno.h>
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

bool membarrier_init(void)
{
    return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
}

/* A child of fork is not registered; it has one thread, and needs no fence. */
void membarrier_all(void)
{
    int saved = *__errno_location();
    long r = syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
    ensure(r == 0 || *__errno_location() == EPERM);
    *__errno_location() = saved;
}
