/* SPDX-License-Identifier: MIT */
/* A barrier without a lock: workers report up a tree of channels, and the root's
 * answer comes down again. */
#include <goroutine.h>
#include <stdio.h>

enum { WORKERS = 7, PHASES = 6 };

static go_chan(int) up[WORKERS], down[WORKERS];
static int phase_of[WORKERS]; /* each its own */

/* arrive sends the sum of the phases below up, and returns the root's total. */
static int arrive(int id)
{
    int sum = phase_of[id], total;
    for (int child = 2 * id + 1; child <= 2 * id + 2 && child < WORKERS; child++) {
        int part;
        go_recv(up[child], &part);
        sum += part;
    }
    if (id == 0) {
        total = sum;
    } else {
        go_send(up[id], sum);
        go_recv(down[id], &total);
    }
    for (int child = 2 * id + 1; child <= 2 * id + 2 && child < WORKERS; child++)
        go_send(down[child], total);
    return total;
}

static void worker(int id, int *wrong)
{
    for (int p = 1; p <= PHASES; p++) {
        phase_of[id] = p;
        int total = arrive(id);
        *wrong += total != p * WORKERS;
        if (id == 0)
            printf("phase %d total %d\n", p, total);
    }
}

int main(void)
{
    int wrong[WORKERS] = { 0 }, all = 0;
    go_waitgroup wg = { 0 };
    for (int id = 0; id < WORKERS; id++) {
        up[id] = go_make(int, 0);
        down[id] = go_make(int, 0);
    }
    for (int id = 0; id < WORKERS; id++)
        go_waitgroup_go(&wg, worker, id, &wrong[id]);
    go_waitgroup_wait(&wg);
    for (int id = 0; id < WORKERS; id++)
        all += wrong[id];
    printf("wrong totals %d\n", all);
}
