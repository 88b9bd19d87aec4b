/* SPDX-License-Identifier: MIT */
/* Rule 25: several write to one descriptor, with deadlines that pass all the time: each
 * write is told how much of it has gone, and so much arrives. */
#include "net_support.h"

enum { WRITERS = 6, BLOCK = 20000 };

static atomic_llong gone;

static void give(int fd, uint32_t seed, int blocks, go_waitgroup *wg)
{
    char buf[BLOCK];
    memset(buf, 1, sizeof buf);
    for (int i = 0; i < blocks; i++) {
        int64_t soon = next_random(&seed) % GO_MILLISECOND;
        CHECK_EQ(go_set_write_deadline(fd, go_now() + soon), 0);
        ssize_t n = go_write(fd, buf, 1 + next_random(&seed) % sizeof buf);
        if (n < 0)
            CHECK_EQ(errno, ETIMEDOUT);
        else
            atomic_fetch_add(&gone, n);
    }
    go_waitgroup_done(wg);
}

/* Slowly, so that writers have to wait. */
static void drain(int fd, long long *sum, go_waitgroup *wg)
{
    char buf[4096];
    ssize_t n;
    while ((n = go_read(fd, buf, sizeof buf)) > 0) {
        *sum += n;
        go_yield();
    }
    CHECK_EQ(n, 0);
    go_waitgroup_done(wg);
}

static void race(enum kind k, int blocks)
{
    struct link l = link_make(k);
    go_waitgroup writers = { 0 }, reader = { 0 };
    long long sum = 0;
    atomic_store(&gone, 0);
    go_waitgroup_add(&writers, WRITERS);
    go_waitgroup_add(&reader, 1);
    go(drain, l.b.r, &sum, &reader);
    for (int i = 0; i < WRITERS; i++)
        go(give, l.a.w, (uint32_t)i, blocks, &writers);
    go_waitgroup_wait(&writers);
    end_close(l.a);
    go_waitgroup_wait(&reader);
    CHECK_EQ(sum, atomic_load(&gone));
    end_close(l.b);
}

int main(void)
{
    for (int k = 0; k < KINDS; k++)
        race((enum kind)k, test_scale(40, 8));
}
