/* SPDX-License-Identifier: MIT */
/* Locks of files: flock, lockf, fcntl(F_SETLKW).
 *
 * The kernel tells nobody but the thread that waits in the call when one is free.  So a
 * few wait in it, with the P handed over; the rest ask again after growing pauses, and
 * take a place in the kernel's queue when one is free.  They must not wait for that: who
 * has it may wait for a lock that one of them holds. */
#include "wait.h"

#include <goroutine/sema.h>

#include <stdarg.h>

enum { IN_KERNEL = 8 };

static go_sema in_kernel = GO_SEMA_INIT(IN_KERNEL);

/* A call that waits, and the same that does not.  0 or -1 and errno. */
struct file_lock {
    int fd, op;
    void *arg;
    off64_t len;
    int (*run)(struct file_lock *l, bool wait);
    bool (*busy)(void); /* errno of the try: somebody has it */
    int r;
};

static void run_waiting(struct file_lock *l)
{
    l->r = l->run(l, true);
}

/* false: no place was free. */
static bool in_queue(struct file_lock *l)
{
    if (!go_sema_try_acquire(&in_kernel, 1))
        return false;
    go_block(run_waiting, l);
    go_sema_release(&in_kernel, 1);
    return true;
}

static int lock_file(struct file_lock *l)
{
    int64_t pause = 0;
    if (!go_on_goroutine() || !wait_here())
        return l->run(l, true);
    do {
        l->r = l->run(l, false);
        if (l->r == 0 || !l->busy() || in_queue(l))
            return l->r;
    } while (wait_pause(&pause, GO_FOREVER));
    return l->r;
}

static bool busy_record(void)
{
    return errno == EAGAIN || errno == EACCES;
}

/* --- The calls -------------------------------------------------------------------- */

static int run_flock(struct file_lock *l, bool wait)
{
    return REAL(flock)(l->fd, wait ? l->op : l->op | LOCK_NB);
}

HOOK(int, flock, int fd, int op)
{
    if (op & (LOCK_NB | LOCK_UN))
        return REAL(flock)(fd, op);
    return lock_file(
        &(struct file_lock){ .fd = fd, .op = op, .run = run_flock, .busy = would_block });
}

static int run_lockf(struct file_lock *l, bool wait)
{
    return REAL(lockf64)(l->fd, wait ? F_LOCK : F_TLOCK, l->len);
}

HOOK(int, lockf64, int fd, int op, off64_t len)
{
    if (op != F_LOCK)
        return REAL(lockf64)(fd, op, len);
    return lock_file(
        &(struct file_lock){ .fd = fd, .len = len, .run = run_lockf, .busy = busy_record });
}

HOOK(int, lockf, int fd, int op, off_t len)
{
    return mine_lockf64(fd, op, len);
}

static int run_fcntl(struct file_lock *l, bool wait)
{
    int tries = l->op == F_OFD_SETLKW ? F_OFD_SETLK : F_SETLK;
    return REAL(fcntl64)(l->fd, wait ? l->op : tries, l->arg);
}

static int fcntl_as(int fd, int op, void *arg)
{
    if (op != F_SETLKW && op != F_OFD_SETLKW)
        return REAL(fcntl64)(fd, op, arg);
    return lock_file(&(struct file_lock){
        .fd = fd, .op = op, .arg = arg, .run = run_fcntl, .busy = busy_record });
}

/* Whatever the argument is, it comes as a word. */
HOOK(int, fcntl, int fd, int op, ...)
{
    va_list list;
    va_start(list, op);
    void *arg = va_arg(list, void *);
    va_end(list);
    return fcntl_as(fd, op, arg);
}

HOOK(int, fcntl64, int fd, int op, ...)
{
    va_list list;
    va_start(list, op);
    void *arg = va_arg(list, void *);
    va_end(list);
    return fcntl_as(fd, op, arg);
}

HOOK_ALSO(int, __fcntl, int fd, int op, ...)
{
    va_list list;
    va_start(list, op);
    void *arg = va_arg(list, void *);
    va_end(list);
    return fcntl_as(fd, op, arg);
}
