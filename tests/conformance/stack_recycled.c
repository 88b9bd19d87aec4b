/* SPDX-License-Identifier: MIT */
/* Stacks: those of goroutines that ended are used again, so that spawning for
 * ever needs no more memory than the most that lived at once. */
#include "support.h"

#include <goroutine.h>

static void touch(go_waitgroup *wg)
{
    volatile char frame[8 << 10];
    frame[0] = frame[sizeof frame - 1] = 1;
    go_waitgroup_done(wg);
}

static long resident_bytes(void)
{
    long size, resident;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld %ld", &size, &resident), 2);
    fclose(f);
    return resident * sysconf(_SC_PAGESIZE);
}

static void burst(int n, int laps)
{
    for (int lap = 0; lap < laps; lap++) {
        go_waitgroup wg = { 0 };
        go_waitgroup_add(&wg, n);
        for (int i = 0; i < n; i++)
            go(touch, &wg);
        go_waitgroup_wait(&wg);
    }
}

int main(void)
{
#ifdef __SANITIZE_THREAD__
    return 77; /* what it remembers of each goroutine comes and goes by 50 MB */
#endif
    int n = test_scale(1000, 100);
    burst(n, 20);
    long before = resident_bytes();
    burst(n, test_scale(300, 20));
    long grown = resident_bytes() - before;
    if (grown >= 24 << 20)
        fprintf(stderr, "grew by %ld KiB\n", grown >> 10);
    CHECK(grown < 24 << 20);
}
