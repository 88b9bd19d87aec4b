/* SPDX-License-Identifier: MIT */
/* Workers that meet at a barrier after every phase. */
#include <goroutine.h>
#include <stdio.h>

enum { WORKERS = 4, PHASES = 5 };

struct barrier {
    go_mutex mu;
    go_cond all;
    int waiting;
    int phase;
};

static void barrier_wait(struct barrier *b)
{
    go_with_lock (&b->mu) {
        int phase = b->phase;
        if (++b->waiting == WORKERS) {
            b->waiting = 0;
            b->phase++;
            go_cond_broadcast(&b->all);
            return;
        }
        while (b->phase == phase)
            go_cond_wait(&b->all, &b->mu);
    }
}

/* worker adds what all workers wrote in the phase before: wrong sums if
 * anybody runs ahead or behind. */
static void worker(int id, struct barrier *b, int cells[][WORKERS])
{
    for (int p = 0; p < PHASES; p++) {
        int sum = 0;
        for (int i = 0; i < WORKERS; i++)
            sum += cells[p][i];
        cells[p + 1][id] = sum + id;
        barrier_wait(b);
    }
}

int main(void)
{
    struct barrier b = { 0 };
    int cells[PHASES + 1][WORKERS] = { { 1, 1, 1, 1 } };
    go_waitgroup wg = { 0 };
    for (int id = 0; id < WORKERS; id++)
        go_waitgroup_go(&wg, worker, id, &b, cells);
    go_waitgroup_wait(&wg);
    for (int p = 0; p <= PHASES; p++)
        printf("phase %d cells %d %d %d %d\n", p, cells[p][0], cells[p][1], cells[p][2],
               cells[p][3]);
}
