/* SPDX-License-Identifier: MIT */
/* Conformance 20, atomics: all atomic operations are in one total order.
 *
 * Store buffering: x = 1, r = y against y = 1, r = x never reads 0 twice.
 * Message passing: a flag seen set means the plain data before it is seen. */
#include "check.h"

#include <goroutine.h>

enum { CELLS = 4096 };

struct cell {
    int32_t x, y;
    int r[2];
    int data;
};

static struct cell cells[CELLS];
static int32_t started;

static void meet(void)
{
    go_atomic_add(&started, 1);
    while (go_atomic_load(&started) % 2)
        ; /* both start as nearly at once as they can */
}

static void store_buffer(int side, go_waitgroup *wg)
{
    meet();
    for (int i = 0; i < CELLS; i++) {
        struct cell *c = &cells[i];
        go_atomic_store(side ? &c->y : &c->x, 1);
        c->r[side] = go_atomic_load(side ? &c->x : &c->y);
    }
    go_waitgroup_done(wg);
}

static void message_send(go_waitgroup *wg)
{
    meet();
    for (int i = 0; i < CELLS; i++) {
        cells[i].data = i + 1;
        go_atomic_store(&cells[i].x, 1);
    }
    go_waitgroup_done(wg);
}

static void message_recv(go_waitgroup *wg)
{
    meet();
    for (int i = 0; i < CELLS; i++)
        if (go_atomic_load(&cells[i].x))
            CHECK_EQ(cells[i].data, i + 1);
    go_waitgroup_done(wg);
}

static void clear(void)
{
    for (int i = 0; i < CELLS; i++)
        cells[i] = (struct cell){ .r = { -1, -1 } };
}

int main(void)
{
    go_maxprocs(2);
    for (int lap = 0; lap < test_scale(200, 5); lap++) {
        go_waitgroup wg = { 0 };
        clear();
        go_waitgroup_add(&wg, 2);
        go(store_buffer, 0, &wg);
        go(store_buffer, 1, &wg);
        go_waitgroup_wait(&wg);
        for (int i = 0; i < CELLS; i++)
            CHECK(cells[i].r[0] == 1 || cells[i].r[1] == 1);

        clear();
        go_waitgroup_add(&wg, 2);
        go(message_send, &wg);
        go(message_recv, &wg);
        go_waitgroup_wait(&wg);
    }
}
