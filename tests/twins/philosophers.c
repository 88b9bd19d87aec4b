/* SPDX-License-Identifier: MIT */
/* Five philosophers share five forks; taking the lower fork first, they never
 * starve each other. */
#include <goroutine.h>
#include <stdio.h>

enum { SEATS = 5, MEALS = 100 };

static go_mutex forks[SEATS];
static int in_use[SEATS]; /* how many hold each fork: guarded by the fork itself */

static void dine(int seat, int *eaten, int *clashes)
{
    int next = (seat + 1) % SEATS;
    int first = seat < next ? seat : next;
    int second = seat < next ? next : seat;
    for (int i = 0; i < MEALS; i++) {
        go_mutex_lock(&forks[first]);
        go_mutex_lock(&forks[second]);
        in_use[first]++;
        in_use[second]++;
        go_yield(); /* chew */
        if (in_use[first] != 1 || in_use[second] != 1)
            ++*clashes;
        in_use[first]--;
        in_use[second]--;
        ++*eaten;
        go_mutex_unlock(&forks[second]);
        go_mutex_unlock(&forks[first]);
    }
}

int main(void)
{
    int eaten[SEATS] = { 0 }, clashes[SEATS] = { 0 };
    go_waitgroup wg = { 0 };
    for (int seat = 0; seat < SEATS; seat++)
        go_waitgroup_go(&wg, dine, seat, &eaten[seat], &clashes[seat]);
    go_waitgroup_wait(&wg);
    for (int seat = 0; seat < SEATS; seat++)
        printf("philosopher %d ate %d times, clashes %d\n", seat, eaten[seat], clashes[seat]);
}
