/* SPDX-License-Identifier: MIT */
/* Rule 25: several read from one descriptor, with deadlines that pass all the time, while
 * it is written to: each read gets something or ETIMEDOUT, and what was read is what was
 * written, in sum. */
#include "net_support.h"

enum { READERS = 6, BLOCK = 512 };

static atomic_llong got;

static void feed(int fd, int blocks, go_waitgroup *wg)
{
    char buf[BLOCK];
    memset(buf, 1, sizeof buf);
    for (int i = 0; i < blocks; i++)
        CHECK_EQ(go_write(fd, buf, sizeof buf), BLOCK);
    go_waitgroup_done(wg);
}

/* A deadline of ours may also be the one that another has set meanwhile. */
static void take(int fd, uint32_t seed, go_waitgroup *wg)
{
    char buf[BLOCK];
    for (;;) {
        if (next_random(&seed) % 2)
            CHECK_EQ(go_set_read_deadline(fd, go_now() + next_random(&seed) % GO_MILLISECOND), 0);
        ssize_t n = go_read(fd, buf, 1 + next_random(&seed) % sizeof buf);
        if (n == 0)
            break;
        if (n < 0)
            CHECK_EQ(errno, ETIMEDOUT);
        for (ssize_t i = 0; i < n; i++)
            CHECK_EQ(buf[i], 1);
        if (n > 0)
            atomic_fetch_add(&got, n);
    }
    go_waitgroup_done(wg);
}

/* While others may set one, a deadline is in the past for good only when they are told. */
static void race(enum kind k, int blocks)
{
    struct link l = link_make(k);
    go_waitgroup readers = { 0 }, writer = { 0 };
    atomic_store(&got, 0);
    go_waitgroup_add(&readers, READERS);
    go_waitgroup_add(&writer, 1);
    for (int i = 0; i < READERS; i++)
        go(take, l.b.r, (uint32_t)i, &readers);
    go(feed, l.a.w, blocks, &writer);
    go_waitgroup_wait(&writer);
    if (l.a.w != l.a.r)
        CHECK_EQ(go_close_fd(l.a.w), 0);
    else
        CHECK_EQ(shutdown(l.a.w, SHUT_WR), 0);
    go_waitgroup_wait(&readers);
    CHECK_EQ(atomic_load(&got), (long long)blocks * BLOCK);
    CHECK_EQ(go_close_fd(l.a.r), 0);
    end_close(l.b);
}

int main(void)
{
    for (int k = 0; k < KINDS; k++)
        race((enum kind)k, test_scale(400, 60));
}
