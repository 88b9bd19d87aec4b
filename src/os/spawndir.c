/* SPDX-License-Identifier: MIT */
#include "os/spawndir.h"

#include <errno.h>

/* musl has it since 1.1.24.  No weak reference: a static link would not satisfy it. */
int spawn_dir(posix_spawn_file_actions_t *actions, const char *dir)
{
#if defined(__GLIBC__) && __GLIBC__ == 2 && __GLIBC_MINOR__ < 29
    (void)actions, (void)dir;
    return -ENOSYS;
#else
    return -posix_spawn_file_actions_addchdir_np(actions, dir);
#endif
}
