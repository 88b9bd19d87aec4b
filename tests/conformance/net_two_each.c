/* SPDX-License-Identifier: MIT */
/* Rule 25: two readers and two writers on one descriptor: every byte arrives once. */
#include "net_support.h"

enum { WRITERS = 2, READERS = 2, VALUES = 251 };

static size_t count; /* of bytes from each writer */
static atomic_size_t seen[VALUES];

/* Whatever is mixed with what: every value is sent as often. */
static void give(int fd, uint32_t seed)
{
    uint8_t buf[700];
    size_t sent = 0;
    while (sent < count) {
        size_t n = 1 + next_random(&seed) % sizeof buf;
        n = n < count - sent ? n : count - sent;
        for (size_t i = 0; i < n; i++)
            buf[i] = (uint8_t)((sent + i) % VALUES);
        CHECK_EQ(go_write(fd, buf, n), n);
        sent += n;
    }
}

static void take(int fd, uint32_t seed)
{
    uint8_t buf[700];
    ssize_t n;
    while ((n = go_read(fd, buf, 1 + next_random(&seed) % sizeof buf)) > 0)
        for (ssize_t i = 0; i < n; i++) {
            CHECK(buf[i] < VALUES);
            atomic_fetch_add(&seen[buf[i]], 1);
        }
    CHECK_EQ(n, 0);
}

static void mix(enum kind k)
{
    struct link l = link_make(k);
    go_waitgroup writers = { 0 }, readers = { 0 };
    for (int i = 0; i < VALUES; i++)
        atomic_store(&seen[i], 0);
    for (uint32_t i = 0; i < WRITERS; i++)
        go_waitgroup_go(&writers, give, l.a.w, i);
    for (uint32_t i = 0; i < READERS; i++)
        go_waitgroup_go(&readers, take, l.b.r, i);
    go_waitgroup_wait(&writers);
    end_close(l.a);
    go_waitgroup_wait(&readers);
    for (int i = 0; i < VALUES; i++)
        CHECK_EQ(atomic_load(&seen[i]), WRITERS * count / VALUES);
    end_close(l.b);
}

int main(void)
{
    count = VALUES * (size_t)test_scale(400, 40);
    for (int k = 0; k < KINDS; k++)
        mix((enum kind)k);
}
