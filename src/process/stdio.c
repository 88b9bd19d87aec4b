/* SPDX-License-Identifier: MIT */
/* The child moves what it is given to 0, 1 and 2, in this order.  So nothing that it is
 * given may lie there itself, except in its own place: it is copied to beyond first. */
#include "process/stdio.h"

#include "poll/desc.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int beyond(int fd)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    return copy < 0 ? -errno : copy;
}

/* As go_pipe, but only our end does not block.  *fd is what the child gets. */
static int make_pipe(struct stdio *s, int i, int *fd)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return -errno;
    int ours = ends[i == 0], theirs = ends[i != 0];
    fcntl(ours, F_SETFL, O_NONBLOCK);
    s->ours[i] = ours;
    s->theirs[i] = *fd = theirs;
    if (theirs >= 3)
        return 0;
    *fd = beyond(theirs);
    close(theirs);
    s->theirs[i] = *fd < 0 ? -1 : *fd;
    return *fd < 0 ? *fd : 0;
}

/* A descriptor of the caller's. */
static int lend(struct stdio *s, int i, int *fd)
{
    if (fcntl(*fd, F_GETFD) < 0)
        return -EBADF;
    if (*fd == i || *fd >= 3)
        return 0;
    *fd = beyond(*fd);
    if (*fd < 0)
        return *fd;
    s->theirs[i] = *fd;
    return 0;
}

static int plan_one(struct stdio *s, int i, int fd, posix_spawn_file_actions_t *actions)
{
    if (fd == GO_STDIO_INHERIT)
        return 0;
    if (fd == GO_STDIO_NULL)
        return -posix_spawn_file_actions_addopen(actions, i, "/dev/null",
                                                 i == 0 ? O_RDONLY : O_WRONLY, 0);
    if (fd == GO_STDIO_OUT && i == 2)
        return -posix_spawn_file_actions_adddup2(actions, 1, 2);
    if (fd != GO_STDIO_PIPE && fd < 0)
        return -EINVAL;
    int err = fd == GO_STDIO_PIPE ? make_pipe(s, i, &fd) : lend(s, i, &fd);
    return err ? err : -posix_spawn_file_actions_adddup2(actions, fd, i);
}

int stdio_plan(struct stdio *s, const go_command *c, posix_spawn_file_actions_t *actions)
{
    const int wish[3] = { c->in, c->out, c->err };
    int err = 0;
    for (int i = 0; i < 3; i++)
        s->ours[i] = s->theirs[i] = -1;
    for (int i = 0; i < 3 && !err; i++)
        err = plan_one(s, i, wish[i], actions);
    if (err)
        stdio_begun(s, false);
    return err;
}

void stdio_begun(struct stdio *s, bool ok)
{
    for (int i = 0; i < 3; i++) {
        if (s->theirs[i] >= 0)
            close(s->theirs[i]);
        if (s->ours[i] < 0)
            continue;
        if (ok) {
            desc_new(s->ours[i], DESC_PIPE);
        } else {
            close(s->ours[i]);
            s->ours[i] = -1;
        }
    }
}
