/* SPDX-License-Identifier: MIT */
/* select: the kernel's own is asked, without waiting, what is ready; poll waits. */
#include "wait.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long word;
enum { BITS = sizeof(word) * 8, FEW_WORDS = 3 * 1024 / BITS, FEW_FDS = 64 };

/* The three sets as they were given, one behind the other, each of nwords; a call changes
 * them.  Sets may be larger than fd_set says: they are bits in words. */
struct sets {
    word few[FEW_WORDS], *saved;
    word *given[3]; /* NULL: not given */
    int n;
    size_t nwords;
};

static bool sets_save(struct sets *s, int n, fd_set *r, fd_set *w, fd_set *e)
{
    fd_set *given[3] = { r, w, e };
    s->n = n;
    s->nwords = ((size_t)n + BITS - 1) / BITS;
    s->saved = 3 * s->nwords <= FEW_WORDS ? s->few : malloc(3 * s->nwords * sizeof(word));
    for (int i = 0; i < 3 && s->saved; i++) {
        s->given[i] = (word *)(void *)given[i];
        if (given[i])
            memcpy(s->saved + (size_t)i * s->nwords, given[i], s->nwords * sizeof(word));
    }
    return s->saved != NULL;
}

static void sets_restore(const struct sets *s)
{
    for (int i = 0; i < 3; i++)
        if (s->given[i])
            memcpy(s->given[i], s->saved + (size_t)i * s->nwords, s->nwords * sizeof(word));
}

static void sets_free(struct sets *s)
{
    if (s->saved != s->few)
        free(s->saved);
}

static bool asked(const struct sets *s, int set, int fd)
{
    size_t at = (size_t)set * s->nwords + (size_t)fd / BITS;
    return s->given[set] && (s->saved[at] >> ((size_t)fd % BITS) & 1);
}

static short events_of(const struct sets *s, int fd)
{
    return (short)((asked(s, 0, fd) ? POLLIN : 0) | (asked(s, 1, fd) ? POLLOUT : 0) |
                   (asked(s, 2, fd) ? POLLPRI : 0));
}

static nfds_t count(const struct sets *s)
{
    nfds_t n = 0;
    for (int fd = 0; fd < s->n; fd++)
        n += events_of(s, fd) != 0;
    return n;
}

/* Park until one of them is ready.  0, or a negative errno. */
static int park_for(const struct sets *s, int64_t deadline)
{
    struct pollfd few[FEW_FDS], *fds = few;
    nfds_t n = count(s), i = 0;
    if (n > FEW_FDS && !(fds = malloc(n * sizeof *fds)))
        return -ENOMEM;
    for (int fd = 0; fd < s->n; fd++)
        if (events_of(s, fd))
            fds[i++] = (struct pollfd){ fd, events_of(s, fd), 0 };
    int r = go_poll_until(fds, n, deadline), err = r < 0 ? -errno : 0;
    if (fds != few)
        free(fds);
    return err;
}

/* The plain call, with what is left of the time. */
static int plain(struct sets *s, int64_t deadline)
{
    int64_t left = deadline - go_now();
    struct timespec t = { left > 0 ? left / GO_SECOND : 0, left > 0 ? left % GO_SECOND : 0 };
    return REAL(pselect)(s->n, (fd_set *)(void *)s->given[0], (fd_set *)(void *)s->given[1],
                         (fd_set *)(void *)s->given[2], deadline == GO_FOREVER ? NULL : &t, NULL);
}

/* What poll calls ready but select does not (hung up, asked for urgent data only) would
 * have us go in circles: then a thread waits. */
static int wait_for_sets(struct sets *s, int64_t deadline)
{
    for (int vain = 0;; vain++) {
        bool over = deadline != GO_FOREVER && go_now() >= deadline;
        sets_restore(s);
        int r = plain(s, vain > 1 ? deadline : 0);
        if (r != 0 || over || vain > 1)
            return r;
        sets_restore(s);
        int err = wait_here() ? park_for(s, deadline) : -ENOMEM;
        if (err == -ENOMEM || err == -ENOSPC)
            return plain(s, deadline);
        if (err) {
            errno = -err;
            return -1;
        }
    }
}

static int select_until(int n, fd_set *r, fd_set *w, fd_set *e, int64_t deadline)
{
    struct sets s;
    if (!sets_save(&s, n, r, w, e)) {
        errno = ENOMEM;
        return -1;
    }
    int result = wait_for_sets(&s, deadline), saved = errno;
    sets_free(&s);
    errno = saved;
    return result;
}

/* The kernel looks at as many bits as its table of descriptors has room for, whatever n says,
 * and some say getdtablesize(): nobody's sets need be larger.  -1: it does not tell. */
static int within_table(int n)
{
    static const char key[] = "FDSize:";
    char text[1024];
    if (n <= FD_SETSIZE)
        return n;
    int saved = errno, fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : REAL(read)(fd, text, sizeof text - 1);
    if (fd >= 0)
        REAL(close)(fd);
    errno = saved;
    text[len < 0 ? 0 : len] = 0;
    const char *at = strstr(text, key);
    long size = at ? strtol(at + sizeof key - 1, NULL, 10) : 0;
    return size <= 0 ? -1 : n < size ? n : (int)size;
}

/* --- The calls -------------------------------------------------------------------- */

/* As Linux does, the time that was not needed is left in *t. */
HOOK(int, select, int n, fd_set *r, fd_set *w, fd_set *e, struct timeval *t)
{
    if (n < 0 || !go_on_goroutine() ||
        (t && (t->tv_sec < 0 || t->tv_usec < 0 || (t->tv_sec == 0 && t->tv_usec == 0))))
        return REAL(select)(n, r, w, e, t);
    int within = within_table(n);
    if (within < 0)
        return REAL(select)(n, r, w, e, t);
    int64_t span = t ? wait_ns(t->tv_sec, 0) : GO_FOREVER;
    if (t && span != GO_FOREVER)
        span = t->tv_usec * GO_MICROSECOND > GO_FOREVER - span ? GO_FOREVER
                                                               : span + t->tv_usec * GO_MICROSECOND;
    int64_t deadline = wait_until(span);
    int result = select_until(within, r, w, e, deadline);
    if (t && deadline != GO_FOREVER) {
        int64_t left = deadline - go_now();
        t->tv_sec = left > 0 ? left / GO_SECOND : 0;
        t->tv_usec = left > 0 ? left % GO_SECOND / GO_MICROSECOND : 0;
    }
    return result;
}

struct pselect_call {
    int n, result;
    fd_set *r, *w, *e;
    const struct timespec *t;
    const sigset_t *mask;
};

static void do_pselect(struct pselect_call *c)
{
    c->result = REAL(pselect)(c->n, c->r, c->w, c->e, c->t, c->mask);
}

HOOK(int, pselect, int n, fd_set *r, fd_set *w, fd_set *e, const struct timespec *t,
     const sigset_t *mask)
{
    struct pselect_call c = { n, -1, r, w, e, t, mask };
    bool now = t && (t->tv_sec < 0 || t->tv_nsec < 0 || t->tv_nsec >= GO_SECOND ||
                     (t->tv_sec == 0 && t->tv_nsec == 0));
    if (n < 0 || now || !go_on_goroutine())
        do_pselect(&c);
    else if (mask || (n = within_table(n)) < 0)
        go_block(do_pselect, &c);
    else
        c.result =
            select_until(n, r, w, e, t ? wait_until(wait_ns(t->tv_sec, t->tv_nsec)) : GO_FOREVER);
    return c.result;
}

HOOK_ALSO(int, __select, int n, fd_set *r, fd_set *w, fd_set *e, struct timeval *t)
{
    return mine_select(n, r, w, e, t);
}
