/* SPDX-License-Identifier: MIT */
/* go_sendfile, go_splice: from one descriptor to another.
 *
 * Both are held for as long as the call lasts, and who closes one waits for us to leave: so
 * we wait for both at once, though only one of them has said EAGAIN. */
#include "net/several.h"
#include "net/try.h"
#include "net/write.h"

#include <goroutine/fd.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct move_call {
    struct desc *in, *out;
    off_t *in_at, *out_at; /* NULL: where the file stands */
    size_t n, done;
    unsigned flags; /* of splice */
    bool once;
    /* Where sendfile(2) would block: bytes from .. to of buf are on their way; at is where
     * in began. */
    char *buf;
    size_t from, to;
    off_t at;
};

typedef ssize_t move_try(struct move_call *c);

static int move_begin(const struct move_call *c)
{
    int err = desc_begin(c->in, DESC_READ);
    return err ? err : desc_begin(c->out, DESC_WRITE);
}

static ssize_t move_held(struct move_call *c, move_try *attempt)
{
    struct awaited on[] = { { .d = c->in, .side = DESC_READ },
                            { .d = c->out, .side = DESC_WRITE } };
    int64_t pause = 0;
    for (;;) {
        ssize_t r = move_begin(c);
        if (r)
            return r;
        for (int i = 0; i < 2; i++)
            on[i].seen = desc_seen(on[i].d, on[i].side);
        r = attempt(c);
        if (r != IO_WAIT && r != IO_PAUSE)
            return r;
        if (c->once)
            return -EAGAIN;
        struct until u = r == IO_PAUSE ? io_pause_end(until_forever(), &pause) : until_forever();
        r = several_wait(on, 2, u);
        if (r && r != -ETIMEDOUT)
            return r;
    }
}

static ssize_t move(int in, int out, struct move_call *c, move_try *held)
{
    int err;
    c->in = desc_hold(in, &err);
    if (!c->in)
        return sys_posix(-err);
    c->out = desc_hold(out, &err);
    ssize_t r = -err;
    if (c->out) {
        r = held(c);
        desc_release(c->out);
    }
    desc_release(c->in);
    return sys_posix(r < 0 && c->done ? (ssize_t)c->done : r);
}

/* Calls that have no MSG_NOSIGNAL.  The signal is for the thread that calls: it is held back,
 * and taken if it came by this call. */
struct quiet {
    sigset_t pipe, mask;
    bool pending; /* before */
};

static void quiet_begin(struct quiet *q)
{
    sigset_t pending;
    sigemptyset(&q->pipe);
    sigaddset(&q->pipe, SIGPIPE);
    sigpending(&pending);
    q->pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &q->pipe, &q->mask);
}

/* done: all that was asked for.  Else it may have come, also if something went before. */
static void quiet_end(const struct quiet *q, bool done)
{
    const struct timespec now = { 0, 0 };
    if (!done && !q->pending)
        (void)SYS(rt_sigtimedwait, &q->pipe, NULL, &now, (long)KERNEL_SIGSET);
    pthread_sigmask(SIG_SETMASK, &q->mask, NULL);
}

static ssize_t splice_now(int in, off_t *in_at, int out, off_t *out_at, size_t n, unsigned flags)
{
    return io_again(SYS(splice, in, in_at, out, out_at, n, flags | SPLICE_F_NONBLOCK));
}

/* --- go_splice ------------------------------------------------------------------------ */

/* SPLICE_F_NONBLOCK is about the pipe.  The other one does as its mode says: if that is to
 * block, poll(2) is asked.  1: it would block now, if n is small; 0: it never does. */
static ssize_t may_block(struct desc *d, short events)
{
    enum desc_kind kind = desc_kind(d);
    if (kind == DESC_PIPE || kind == DESC_FILE)
        return 0;
    int mode = sys_mode(d->fd);
    if (mode < 0 || mode & O_NONBLOCK)
        return mode < 0 ? mode : 0;
    ssize_t r = sys_ready(d->fd, events);
    return r > 0 ? 1 : r == 0 ? (ssize_t)IO_WAIT : r;
}

static ssize_t try_splice(struct move_call *c)
{
    ssize_t r = may_block(c->in, POLLIN);
    if (r < 0)
        return r;
    r = may_block(c->out, POLLOUT);
    if (r < 0)
        return r;
    size_t n = r == 1 && c->n > PIPE_BUF ? PIPE_BUF : c->n;
    struct quiet q;
    bool quiet = kind_socket(desc_kind(c->out));
    if (quiet)
        quiet_begin(&q);
    r = splice_now(c->in->fd, c->in_at, c->out->fd, c->out_at, n, c->flags);
    if (quiet)
        quiet_end(&q, r == (ssize_t)n);
    return r;
}

static ssize_t splice_held(struct move_call *c)
{
    return move_held(c, try_splice);
}

ssize_t go_splice(int in, off_t *in_offset, int out, off_t *out_offset, size_t n, unsigned flags)
{
    struct move_call c = { .in_at = in_offset,
                           .out_at = out_offset,
                           .n = n,
                           .flags = flags,
                           .once = flags & SPLICE_F_NONBLOCK };
    return move(in, out, &c, splice_held);
}

/* --- go_sendfile ---------------------------------------------------------------------- */

enum { COPY = 65536 };

/* Whether sendfile(2) to out would block more than a file does. */
static ssize_t out_blocks(const struct move_call *c)
{
    enum desc_kind kind = desc_kind(c->out);
    if (kind == DESC_PIPE || kind == DESC_FILE)
        return 0;
    int mode = sys_mode(c->out->fd);
    return mode < 0 ? mode : !(mode & O_NONBLOCK);
}

static ssize_t send_now(struct move_call *c)
{
    int in = c->in->fd, out = c->out->fd;
    size_t n = c->n - c->done;
    if (desc_kind(c->out) == DESC_PIPE)
        return splice_now(in, c->in_at, out, NULL, n, 0);
    struct quiet q;
    quiet_begin(&q);
    ssize_t r = SYS(sendfile, out, in, c->in_at, n);
    quiet_end(&q, r == (ssize_t)n);
    return io_again(r);
}

/* 0: ready to be copied from at. */
static ssize_t copy_begin(struct move_call *c)
{
    ssize_t at = c->in_at ? *c->in_at : SYS(lseek, c->in->fd, 0L, SEEK_CUR);
    if (at < 0)
        return at == -ESPIPE ? -EINVAL : at;
    c->at = at;
    c->buf = malloc(COPY);
    return c->buf ? 0 : -ENOMEM;
}

/* The next bytes to out; 0: there are none. */
static ssize_t copy_now(struct move_call *c)
{
    size_t want = c->n - c->done;
    if (c->from == c->to) {
        off_t at = c->at + (off_t)c->done;
        ssize_t r = SYS(pread64, c->in->fd, c->buf, want < COPY ? want : COPY, at);
        if (r <= 0)
            return r;
        c->from = 0;
        c->to = (size_t)r;
    }
    ssize_t r = write_some(c->out, c->buf + c->from, c->to - c->from);
    if (r > 0)
        c->from += (size_t)r;
    return r;
}

static void copy_end(struct move_call *c)
{
    free(c->buf);
    off_t end = c->at + (off_t)c->done;
    if (c->in_at)
        *c->in_at = end;
    else if (c->done)
        (void)SYS(lseek, c->in->fd, end, SEEK_SET);
}

static ssize_t try_sendfile(struct move_call *c)
{
    ssize_t r = c->buf ? 0 : out_blocks(c);
    if (r > 0)
        r = copy_begin(c);
    if (r < 0)
        return r;
    do {
        r = c->buf ? copy_now(c) : send_now(c);
        if (r < 0)
            return r;
        c->done += (size_t)r;
    } while (c->done < c->n && r > 0);
    return (ssize_t)c->done;
}

static ssize_t sendfile_held(struct move_call *c)
{
    ssize_t r = move_held(c, try_sendfile);
    if (c->buf)
        copy_end(c);
    return r;
}

ssize_t go_sendfile(int out, int in, off_t *offset, size_t count)
{
    struct move_call c = { .in_at = offset, .n = count };
    return move(in, out, &c, sendfile_held);
}
