/* SPDX-License-Identifier: MIT */
/* Cases of a select: ready when a call would not park.
 *
 * An edge says that something has happened, not that there is something now.  So the
 * kernel is asked before each wait and after it, by poll(2), and seq tells whether an
 * event came between the question and the wait. */
#include "sched/fdcase.h"

#include "poll/desc.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE = 32, KERNEL_SIGSET = 8 };

static enum desc_side side_of(const struct fd_case *f)
{
    return f->write ? DESC_WRITE : DESC_READ;
}

void fd_cases_begin(struct fd_case *f, int n)
{
    int err;
    for (int i = 0; i < n; i++) {
        f[i].d = desc_hold(f[i].fd, &err);
        if (f[i].d && desc_register(f[i].d) != 0) { /* a call is not parked, but fails */
            desc_release(f[i].d);
            f[i].d = NULL;
        }
    }
}

void fd_cases_end(struct fd_case *f, int n)
{
    for (int i = 0; i < n; i++)
        if (f[i].d)
            desc_release(f[i].d);
}

/* By system call: libc's poll may be one that parks. */
static void ask(struct pollfd *p, nfds_t n)
{
    struct timespec now = { 0, 0 };
    int saved = errno;
    while (syscall(SYS_ppoll, p, n, &now, NULL, KERNEL_SIGSET) < 0 && errno == EINTR)
        ;
    errno = saved;
}

/* The kernel is not asked for a stream that is known to be empty, unless exactly. */
static bool asks(const struct fd_case *f, bool exactly)
{
    return f->d && (exactly || f->write || !desc_dry(f->d));
}

static void look_at_some(struct fd_case *f, int n, bool exactly)
{
    struct pollfd p[AT_ONCE];
    int asked = 0;
    for (int i = 0; i < n; i++) {
        f[i].seen = f[i].d ? desc_seen(f[i].d, side_of(&f[i])) : 0;
        bool ask_it = asks(&f[i], exactly);
        p[i] = (struct pollfd){ ask_it ? f[i].fd : -1,
                                f[i].write ? POLLOUT : POLLIN | POLLPRI | POLLRDHUP, 0 };
        asked += ask_it;
    }
    if (asked)
        ask(p, (nfds_t)n);
    for (int i = 0; i < n; i++) {
        if (p[i].revents && !f[i].write)
            desc_not_dry(f[i].d); /* its event may be on its way still */
        f[i].ready = !f[i].d || p[i].revents || desc_begin(f[i].d, side_of(&f[i])) != 0;
    }
}

void fd_cases_look(struct fd_case *f, int n, bool exactly)
{
    for (int i = 0; i < n; i += AT_ONCE)
        look_at_some(f + i, n - i < AT_ONCE ? n - i : AT_ONCE, exactly);
}

bool fd_case_enqueue(struct m *m, struct fd_case *f, struct go_waiter_ *w)
{
    return desc_enqueue(m, f->d, side_of(f), f->seen, w) == 0;
}

void fd_case_dequeue(struct fd_case *f, struct go_waiter_ *w)
{
    desc_dequeue(f->d, side_of(f), w);
}
