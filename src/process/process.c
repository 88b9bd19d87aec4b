/* SPDX-License-Identifier: MIT */
/* A program that was started: its state, and who may touch its number.
 *
 *   RUNNING --a look finds its end, under lock--> REAPED (status is known), or LOST
 *                                                 (somebody else has waited for it)
 *
 * Only while RUNNING, under the lock, the number belongs to the child for certain, with or
 * without a pidfd: signals are sent there.
 *
 * refs: one for the go_process, one for the function that ends it with its context, until
 * that has run or was stopped.
 */
#include "base/alloc.h"
#include "os/pidfd.h"
#include "os/spawndir.h"
#include "process/child.h"
#include "process/stdio.h"

#include <errno.h>
#include <goroutine/context.h>
#include <goroutine/go.h>
#include <goroutine/sync.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum state { RUNNING, REAPED, LOST };

struct go_process_state_ {
    struct child child; /* imm until the last reference goes */
    int stop_signal;    /* imm */
    go_mutex lock;
    enum state state;        /* lock */
    int status;              /* lock; imm once REAPED */
    go_context_after *after; /* lock: the handle of stop, or NULL */
    uint32_t refs;           /* atomic */
};

/* Give n references back. */
static void unref(struct go_process_state_ *s, uint32_t n)
{
    if (n == 0 || sub_seq(&s->refs, n) != 0)
        return;
    child_close(&s->child);
    free(s);
}

static int send_signal(struct go_process_state_ *s, int sig)
{
    go_mutex_lock(&s->lock);
    int err = s->state == RUNNING ? child_signal(s->child.pidfd, s->child.pid, sig) : -ESRCH;
    go_mutex_unlock(&s->lock);
    return err;
}

/* The context has ended. */
static void stop(struct go_process_state_ *s)
{
    send_signal(s, s->stop_signal);
    unref(s, 1);
}

/* The context need not end it any more.  How many references that sets free. */
static uint32_t disarm(struct go_process_state_ *s)
{
    go_mutex_lock(&s->lock);
    go_context_after *after = s->after;
    s->after = NULL;
    go_mutex_unlock(&s->lock);
    return after && go_context_after_stop(after) ? 1 : 0;
}

/* --- Starting ------------------------------------------------------------------- */

struct spawning {
    const char *path;
    char *const *argv, *const *env;
    const posix_spawn_file_actions_t *actions;
    const posix_spawnattr_t *attr;
    pid_t pid;
    int err;
};

/* The child borrows our memory until it has its own: this thread stands still. */
static void spawn_it(void *arg)
{
    struct spawning *s = arg;
    s->err = -posix_spawnp(&s->pid, s->path, s->actions, s->attr, s->argv, s->env);
}

static int set_attr(posix_spawnattr_t *attr, const go_command *c)
{
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attr, &none);
    posix_spawnattr_setsigdefault(attr, &all);
    if (c->session) {
#ifdef POSIX_SPAWN_SETSID
        flags |= POSIX_SPAWN_SETSID;
#else
        return -ENOSYS;
#endif
    } else if (c->group) {
        flags |= POSIX_SPAWN_SETPGROUP;
        posix_spawnattr_setpgroup(attr, c->group < 0 ? 0 : c->group);
    }
    return -posix_spawnattr_setflags(attr, flags);
}

/* The pid or a negative errno. */
static pid_t spawn_with(const go_command *c, posix_spawn_file_actions_t *actions,
                        posix_spawnattr_t *attr, struct stdio *io)
{
    struct spawning s = { .path = c->path ? c->path : c->argv[0],
                          .argv = c->argv,
                          .env = c->env ? c->env : environ,
                          .actions = actions,
                          .attr = attr };
    int err = set_attr(attr, c);
    if (!err && c->dir)
        err = spawn_dir(actions, c->dir);
    if (!err)
        err = stdio_plan(io, c, actions);
    if (err)
        return err;
    go_block_(spawn_it, &s);
    stdio_begun(io, s.err == 0);
    return s.err ? s.err : s.pid;
}

static pid_t spawn_command(const go_command *c, struct stdio *io)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return -ENOMEM;
    if (posix_spawnattr_init(&attr) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return -ENOMEM;
    }
    pid_t pid = spawn_with(c, &actions, &attr, io);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static struct go_process_state_ *state_new(const go_command *c)
{
    struct go_process_state_ *s = rt_calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->child.pidfd = -1;
    s->stop_signal = c->stop_signal ? c->stop_signal : SIGKILL;
    s->refs = 1;
    return s;
}

/* The function holds the state from now on. */
static void arm(struct go_process_state_ *s, go_context *ctx)
{
    s->refs = 2;
    go_context_after *after = go_context_after_func(ctx, stop, s);
    go_mutex_lock(&s->lock);
    s->after = after;
    go_mutex_unlock(&s->lock);
}

pid_t go_process_start(go_process *p, const go_command *c)
{
    struct stdio io;
    *p = (go_process){ .pid = -1, .in = -1, .out = -1, .err = -1 };
    if (!c->argv || !c->argv[0])
        return -EINVAL;
    int over = c->ctx ? go_context_err(c->ctx) : 0;
    if (over)
        return over;
    struct go_process_state_ *s = state_new(c);
    if (!s)
        return -ENOMEM;
    pid_t pid = spawn_command(c, &io);
    if (pid < 0) {
        free(s);
        return pid;
    }
    s->child = child_open(pid);
    if (c->ctx)
        arm(s, c->ctx);
    *p = (go_process){ pid, io.ours[0], io.ours[1], io.ours[2], s };
    return pid;
}

/* --- Its end --------------------------------------------------------------------- */

/* 0: it runs; 1: REAPED; -ECHILD: LOST. */
static int look(void *arg)
{
    struct go_process_state_ *s = arg;
    go_mutex_lock(&s->lock);
    if (s->state == RUNNING) {
        int r = child_ended(s->child.pidfd, s->child.pid, &s->status, false, false);
        if (r)
            s->state = r == 1 ? REAPED : LOST;
    }
    enum state now = s->state;
    go_mutex_unlock(&s->lock);
    return now == RUNNING ? 0 : now == REAPED ? 1 : -ECHILD;
}

static int wait_for(go_process *p, int *status, struct until u)
{
    struct go_process_state_ *s = p->state_;
    if (!s)
        return -ECHILD;
    int r = child_await(&s->child, look, s, u);
    if (r == 1 && status)
        *status = s->status;
    if (r == 1 || r == -ECHILD)
        unref(s, disarm(s));
    return r == 1 ? 0 : r;
}

int go_process_wait(go_process *p, int *status)
{
    return wait_for(p, status, until_forever());
}

int go_process_wait_until(go_process *p, int *status, int64_t t)
{
    return wait_for(p, status, until_time(t));
}

int go_process_wait_ctx(go_process *p, int *status, go_context *ctx)
{
    return wait_for(p, status, until_context(ctx));
}

int go_process_signal(go_process *p, int sig)
{
    return p->state_ ? send_signal(p->state_, sig) : -ESRCH;
}

void go_process_drop(go_process *p)
{
    struct go_process_state_ *s = p->state_;
    p->state_ = NULL;
    if (!s)
        return;
    unref(s, 1 + disarm(s));
}
