/* SPDX-License-Identifier: MIT */
#ifndef OS_SPAWNDIR_H
#define OS_SPAWNDIR_H

#include <spawn.h>

/* spawn_dir - have the program begin in dir.  0 or a negative errno; -ENOSYS: the C library
 * is older than glibc 2.29. */
int spawn_dir(posix_spawn_file_actions_t *actions, const char *dir);

#endif
