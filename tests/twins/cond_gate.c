/* SPDX-License-Identifier: MIT */
/* A gate that opens and shuts: a broadcast lets through those who wait now, and
 * those who come later wait for the next. */
#include <goroutine.h>
#include <stdio.h>

enum { VISITORS = 5 };

struct gate {
    go_mutex mu;
    go_cond opened;
    int generation, waiting, through;
};

static void pass(struct gate *g, int times)
{
    for (int i = 0; i < times; i++) {
        go_with_lock (&g->mu) {
            int now = g->generation;
            g->waiting++;
            while (g->generation == now)
                go_cond_wait(&g->opened, &g->mu);
            g->through++;
        }
    }
}

/* open waits until n are at the gate and n times round are through. */
static void open(struct gate *g, int n, int before)
{
    for (bool done = false; !done; go_yield()) {
        go_with_lock (&g->mu) {
            if (g->waiting == n && g->through == before) {
                printf("opened for %d, %d before them\n", g->waiting, g->through);
                g->waiting = 0;
                g->generation++;
                go_cond_broadcast(&g->opened);
                done = true;
            }
        }
    }
}

int main(void)
{
    struct gate g = { 0 };
    go_waitgroup wg = { 0 };
    for (int i = 1; i <= VISITORS; i++)
        go_waitgroup_go(&wg, pass, &g, i);
    int before = 0;
    for (int n = VISITORS; n >= 1; n--) {
        open(&g, n, before);
        before += n;
    }
    go_waitgroup_wait(&wg);
    printf("through %d, generation %d\n", g.through, g.generation);
}
