/* SPDX-License-Identifier: MIT */
/* Rule D5: goroutines that lost their processor in a call of the kernel's go on with calls
 * of ours, which then begin on a thread that has none. */
#include "net_support.h"

static void blocks(struct end e, int rounds)
{
    char c;
    for (int i = 0; i < rounds; i++) {
        usleep(2000); /* long enough to lose it, if others want to run */
        CHECK_EQ(go_read(e.r, &c, 1), 1);
        usleep(2000);
        CHECK_EQ(go_write(e.w, &c, 1), 1);
    }
}

static void computes(atomic_bool *stop)
{
    while (!atomic_load(stop))
        go_yield();
}

int main(void)
{
    int rounds = test_scale(10, 3);
    atomic_bool stop = false;
    go_waitgroup wg = { 0 }, busy = { 0 };
    struct link l[4];
    go_maxprocs(1);
    go_waitgroup_go(&busy, computes, &stop);
    for (int i = 0; i < 4; i++) {
        l[i] = link_make((enum kind)(i * 2));
        go_waitgroup_go(&wg, blocks, l[i].b, rounds);
    }
    for (int r = 0; r < rounds; r++)
        for (int i = 0; i < 4; i++) {
            char c = (char)(r + i), back;
            CHECK_EQ(go_write(l[i].a.w, &c, 1), 1);
            CHECK_EQ(go_read(l[i].a.r, &back, 1), 1);
            CHECK_EQ(back, c);
        }
    go_waitgroup_wait(&wg);
    atomic_store(&stop, true);
    go_waitgroup_wait(&busy);
}
