/* SPDX-License-Identifier: MIT */
/* Rule 25, D9: a number that is closed under those who wait for it, and reused at once,
 * never gives them the next connection's bytes, nor takes theirs.
 *
 * Each connection carries its own tag.  The readers are known to wait before the close;
 * while they are woken, others make connections, which get the number that has become free,
 * with bytes that lie there already. */
#include "check.h"
#include "poll/desc.h"
#include "sched/entry.h"

#include <errno.h>
#include <goroutine.h>
#include <goroutine/fd.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { READERS = 4, WRITERS = 2, MAKERS = 3, LARGE = 1 << 20 };

static char mine[LARGE];

static uint32_t queued(int fd, enum desc_side side)
{
    int err;
    struct desc *d = desc_at(fd, &err);
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    uint32_t n = d->q[side].len_;
    spin_unlock(&d->lock);
    rt_exit(m);
    return n;
}

static void until_queued(int fd, enum desc_side side, uint32_t n)
{
    while (queued(fd, side) < n)
        go_yield();
}

static void reader(int fd)
{
    char c;
    CHECK_EQ(go_read(fd, &c, 1), -1);
    CHECK_EQ(errno, EBADF);
}

/* Some of it goes into the connection that is closed; nothing into the next one. */
static void writer(int fd)
{
    ssize_t n = go_write(fd, mine, sizeof mine);
    CHECK(n < (ssize_t)sizeof mine);
    if (n < 0)
        CHECK_EQ(errno, EBADF);
}

/* Who makes connections until somebody has got the number. */
struct making {
    int number;
    atomic_bool start, closed, got;
};

enum { KEPT = 16 };

struct made {
    int s[KEPT][2], n;
    char tag;
};

static void make_one(struct made *m, struct making *all)
{
    int *s = m->s[m->n++];
    CHECK_EQ(go_socketpair(AF_UNIX, SOCK_STREAM, 0, s), 0);
    CHECK_EQ(go_write(s[0], &m->tag, 1), 1);
    CHECK_EQ(go_write(s[1], &m->tag, 1), 1);
    if (s[0] == all->number || s[1] == all->number)
        atomic_store(&all->got, true);
}

/* The last of them is made when the number is free, and is the lowest of those. */
static void maker(struct made *m, struct making *all)
{
    while (!atomic_load(&all->start))
        go_yield();
    for (m->n = 0; m->n < KEPT - 1 && !atomic_load(&all->got);) {
        make_one(m, all);
        go_yield();
    }
    while (!atomic_load(&all->closed))
        go_yield();
    if (!atomic_load(&all->got))
        make_one(m, all);
}

/* What lies there is the tag, once, and nothing else. */
static void check_made(const struct made *m)
{
    for (int i = 0; i < 2 * m->n; i++) {
        int fd = m->s[i / 2][i % 2];
        char buf[10];
        CHECK_EQ(go_read_until(fd, buf, sizeof buf, 0), 1);
        CHECK_EQ(buf[0], m->tag);
        CHECK_EQ(go_read_until(fd, buf, sizeof buf, 0), -1);
        CHECK_EQ(errno, ETIMEDOUT);
    }
    for (int i = 0; i < 2 * m->n; i++)
        CHECK_EQ(go_close_fd(m->s[i / 2][i % 2]), 0);
}

static void one_round(void)
{
    int s[2];
    struct made m[MAKERS];
    CHECK_EQ(go_socketpair(AF_UNIX, SOCK_STREAM, 0, s), 0);
    struct making all = { .number = s[0] };
    go_waitgroup wg = { 0 }, made = { 0 };
    for (int i = 0; i < READERS; i++)
        go_waitgroup_go(&wg, reader, s[0]);
    for (int i = 0; i < WRITERS; i++)
        go_waitgroup_go(&wg, writer, s[0]);
    until_queued(s[0], DESC_READ, READERS);
    until_queued(s[0], DESC_WRITE, WRITERS);
    for (int i = 0; i < MAKERS; i++) {
        m[i].tag = (char)(i + 1);
        go_waitgroup_go(&made, maker, &m[i], &all);
    }
    atomic_store(&all.start, true);
    CHECK_EQ(go_close_fd(s[0]), 0);
    atomic_store(&all.closed, true);
    go_waitgroup_wait(&wg);
    go_waitgroup_wait(&made);
    CHECK(atomic_load(&all.got));
    for (int i = 0; i < MAKERS; i++)
        check_made(&m[i]);
    CHECK_EQ(go_close_fd(s[1]), 0);
}

int main(void)
{
    for (int i = 0, rounds = test_scale(300, 40); i < rounds; i++)
        one_round();
    go_verify();
}
