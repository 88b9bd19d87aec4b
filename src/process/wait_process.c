/* SPDX-License-Identifier: MIT */
/* Waiting for a child by its number.
 *
 * The number is the caller's until he, or somebody for him, has waited for it: only then
 * may it be given to another.  With a pidfd a second goroutine that waits for the same
 * child learns that it was late, whoever has the number by then. */
#include "os/pidfd.h"
#include "process/child.h"

#include <errno.h>
#include <goroutine/go.h>
#include <goroutine/process.h>

struct ask {
    struct child c;
    int status;
};

static int look(void *arg)
{
    struct ask *a = arg;
    return child_ended(a->c.pidfd, a->c.pid, &a->status, false, false);
}

static int wait_for(pid_t pid, int *status, struct until u)
{
    struct ask a = { .c = { pid, -1 } };
    if (pid <= 0)
        return -EINVAL;
    int r = look(&a); /* it may have ended long ago */
    if (r == 0) {
        a.c = child_open(pid);
        r = child_await(&a.c, look, &a, u);
        child_close(&a.c);
    }
    if (r < 0)
        return r;
    if (status)
        *status = a.status;
    return 0;
}

struct plain {
    pid_t pid;
    int *status;
    int options, err;
};

static void plain_wait(void *arg)
{
    struct plain *p = arg;
    pid_t r;
    do {
        r = waitpid(p->pid, p->status, p->options);
    } while (r < 0 && errno == EINTR);
    p->err = r < 0 ? errno : 0;
    p->pid = r;
}

pid_t go_wait_process(pid_t pid, int *status, int options)
{
    if (pid > 0 && options == 0) {
        int err = wait_for(pid, status, until_forever());
        if (err == 0)
            return pid;
        errno = -err;
        return -1;
    }
    struct plain p = { .pid = pid, .status = status, .options = options };
    if (options & WNOHANG)
        plain_wait(&p);
    else
        go_block_(plain_wait, &p);
    errno = p.err ? p.err : errno;
    return p.pid;
}

int go_wait_process_until(pid_t pid, int *status, int64_t t)
{
    return wait_for(pid, status, until_time(t));
}

int go_wait_process_ctx(pid_t pid, int *status, go_context *ctx)
{
    return wait_for(pid, status, until_context(ctx));
}
