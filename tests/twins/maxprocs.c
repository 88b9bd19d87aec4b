/* SPDX-License-Identifier: MIT */
/* The number of processors: set, asked for, and work done with each. */
#include <goroutine.h>
#include <stdio.h>

static void count(int *slot, int n)
{
    for (int i = 0; i < n; i++)
        *slot += i & 3;
}

static void work(void)
{
    int slots[4] = { 0 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, count, &slots[i], 100 * (i + 1));
    go_waitgroup_wait(&wg);
    printf("%d procs: %d %d %d %d\n", go_maxprocs(0), slots[0], slots[1], slots[2], slots[3]);
}

int main(void)
{
    go_maxprocs(2);
    printf("was %d\n", go_maxprocs(5));
    printf("asked %d\n", go_maxprocs(0));
    printf("asked %d\n", go_maxprocs(-3));
    for (int n = 1; n <= 6; n += 5) {
        go_maxprocs(n);
        work();
    }
}
