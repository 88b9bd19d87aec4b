/* SPDX-License-Identifier: MIT */
/* A pidfd is a descriptor like another: it becomes readable.
 *
 * Without one: a wait that has no bound is left to the thread; one that has looks again
 * after growing pauses. */
#include "process/child.h"

#include "os/pidfd.h"
#include "poll/desc.h"

#include <errno.h>
#include <goroutine/go.h>
#include <goroutine/time.h>

enum { FIRST_PAUSE = 500000, LAST_PAUSE = 20000000 };

struct child child_open(pid_t pid)
{
    struct child c = { pid, pidfd_of(pid) };
    if (c.pidfd < 0)
        c.pidfd = -1;
    else
        desc_new(c.pidfd, DESC_OTHER);
    return c;
}

void child_close(struct child *c)
{
    if (c->pidfd >= 0)
        desc_close(c->pidfd);
    c->pidfd = -1;
}

/* 0: it cannot be waited for in this way. */
static int await_readable(const struct child *c, int (*look)(void *), void *arg, struct until u)
{
    int err, r;
    struct desc *d = desc_hold(c->pidfd, &err);
    if (!d)
        return 0;
    do {
        uint32_t seen = desc_seen(d, DESC_READ);
        err = 0;
        r = look(arg);
        if (r == 0)
            err = desc_wait(d, DESC_READ, seen, u);
    } while (r == 0 && err == 0);
    desc_release(d);
    if (r)
        return r;
    return err == -ETIMEDOUT || err == -ECANCELED ? err : 0;
}

static void block_until_ended(void *child)
{
    const struct child *c = child;
    child_ended(c->pidfd, c->pid, NULL, true, true);
}

/* The pause is over, or the bound is. */
static int pause_a_little(int64_t *length, struct until u)
{
    int64_t end = go_now() + *length;
    if (end >= u.deadline)
        return park_alone(WAIT_SLEEP, u);
    *length = *length * 2 < LAST_PAUSE ? *length * 2 : LAST_PAUSE;
    park_alone(WAIT_SLEEP, (struct until){ end, u.cancel });
    return cancel_why(u.cancel);
}

static int await_blindly(const struct child *c, int (*look)(void *), void *arg, struct until u)
{
    int64_t length = FIRST_PAUSE;
    struct child copy = *c;
    int r = 0, err = 0;
    while (!err && (r = look(arg)) == 0) {
        if (until_bounded(u))
            err = pause_a_little(&length, u);
        else
            go_block_(block_until_ended, &copy);
    }
    return r ? r : err;
}

int child_await(const struct child *c, int (*look)(void *arg), void *arg, struct until u)
{
    int r = c->pidfd >= 0 ? await_readable(c, look, arg, u) : 0;
    return r ? r : await_blindly(c, look, arg, u);
}
