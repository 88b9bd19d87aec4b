/* SPDX-License-Identifier: MIT */
/* What a program that is started gets as descriptors 0, 1 and 2. */
#ifndef PROCESS_STDIO_H
#define PROCESS_STDIO_H

#include <goroutine/process.h>
#include <spawn.h>

struct stdio {
    int ours[3];   /* our ends of pipes, or -1 */
    int theirs[3]; /* made here for the child alone, to be closed when it has begun; or -1 */
};

/* stdio_plan - make the pipes and say what the child is to do.  0 or a negative errno, and
 * then nothing is open. */
int stdio_plan(struct stdio *s, const go_command *c, posix_spawn_file_actions_t *actions);

/* stdio_begun - the child has its own; if it has none, ours are closed too. */
void stdio_begun(struct stdio *s, bool ok);

#endif
