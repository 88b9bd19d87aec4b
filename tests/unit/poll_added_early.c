/* SPDX-License-Identifier: MIT */
/* A late call on a number that was closed may wait for the next file before its maker has
 * told of it (desc_new).  Events of the file reach those who wait for it afterwards all the
 * same, at once: not only when sysmon has the kernel look again, which is kept from it. */
#include "check.h"

#include "poll/desc.h"
#include "sched/entry.h"

#include <errno.h>
#include <goroutine.h>
#include <goroutine/fd.h>
#include <stdatomic.h>
#include <sys/socket.h>

static atomic_bool got;

static void reads(int fd)
{
    char c;
    CHECK_EQ(go_read(fd, &c, 1), 1);
    atomic_store(&got, true);
}

/* The wait looks as if it had begun now. */
static bool waits(int fd)
{
    int err;
    struct desc *d = desc_at(fd, &err);
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    bool yes = d->q[DESC_READ].len_ != 0;
    st_relaxed(&d->flags, (uint8_t)(d->flags & ~(DESC_SEEN | DESC_CHECKED)));
    spin_unlock(&d->lock);
    rt_exit(m);
    return yes;
}

int main(void)
{
    int s[2];
    char c;
    const int64_t limit = go_now() + 20 * GO_SECOND;
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, s), 0);
    CHECK_EQ(go_read_until(s[0], &c, 1, go_now() + GO_MILLISECOND), -1);
    CHECK_EQ(errno, ETIMEDOUT);
    desc_new(s[0], DESC_SOCKET);
    go(reads, s[0]);
    while (!waits(s[0]))
        go_yield();
    CHECK_EQ(go_write(s[1], "x", 1), 1);
    while (!atomic_load(&got)) {
        CHECK(go_now() < limit);
        (void)waits(s[0]);
        go_sleep(GO_MILLISECOND);
    }
}
