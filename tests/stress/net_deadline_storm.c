/* SPDX-License-Identifier: MIT */
/* Rule 25: deadlines that are moved without end, near and far, while readers wait and bytes
 * come now and then: every byte is read, no reader sleeps over a deadline or a byte. */
#include "../conformance/net_support.h"

enum { LINKS = 6, MOVERS = 2 };

static void mover(int fd, uint32_t seed, atomic_bool *stop)
{
    while (!atomic_load(stop)) {
        uint32_t r = next_random(&seed);
        int64_t t = r % 4 == 0 ? GO_FOREVER : r % 4 == 1 ? 0 : go_now() + r % 300000;
        CHECK_EQ(go_set_read_deadline(fd, t), 0);
        if (r % 8 == 0)
            go_sleep(r % 100000);
        else
            go_yield();
    }
    CHECK_EQ(go_set_read_deadline(fd, GO_FOREVER), 0);
}

static void giver(int fd, uint32_t seed, int n)
{
    for (int i = 0; i < n; i++) {
        char c = (char)i;
        CHECK_EQ(go_write(fd, &c, 1), 1);
        if (next_random(&seed) % 4 == 0)
            go_sleep(next_random(&seed) % 100000);
    }
}

static void taker(int fd, int n)
{
    for (int i = 0; i < n;) {
        char c;
        ssize_t r = go_read(fd, &c, 1);
        if (r == 1)
            CHECK_EQ(c, (char)i++);
        else
            CHECK(r == -1 && errno == ETIMEDOUT);
        if (r < 0)
            go_yield();
    }
}

static void storm(enum kind k, uint32_t seed, int n)
{
    struct link l = link_make(k);
    atomic_bool stop = false;
    go_waitgroup movers = { 0 }, wg = { 0 };
    for (uint32_t i = 0; i < MOVERS; i++)
        go_waitgroup_go(&movers, mover, l.b.r, seed + i, &stop);
    go_waitgroup_go(&wg, giver, l.a.w, seed, n);
    go_waitgroup_go(&wg, taker, l.b.r, n);
    go_waitgroup_wait(&wg);
    atomic_store(&stop, true);
    go_waitgroup_wait(&movers);
    link_close(l);
}

int main(void)
{
    int rounds = test_scale(8, 2), n = test_scale(400, 60);
    for (int r = 0; r < rounds; r++) {
        go_waitgroup wg = { 0 };
        for (int i = 0; i < LINKS; i++)
            go_waitgroup_go(&wg, storm, (enum kind)((r * LINKS + i) % KINDS),
                            (uint32_t)(r * LINKS + i) * 31, n);
        go_waitgroup_wait(&wg);
        go_verify();
    }
}
