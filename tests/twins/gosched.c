/* SPDX-License-Identifier: MIT */
/* Goroutines that take turns by yielding until it is theirs: on one processor,
 * nobody would ever get a turn without the yield. */
#include <goroutine.h>
#include <stdio.h>

enum { PLAYERS = 3, ROUNDS = 4 };

static int32_t turn;

static void play(int id)
{
    for (int round = 0; round < ROUNDS; round++) {
        while (go_atomic_load(&turn) != round * PLAYERS + id)
            go_yield();
        printf("round %d player %d\n", round, id);
        go_atomic_add(&turn, 1);
    }
}

int main(void)
{
    go_maxprocs(1);
    go_waitgroup wg = { 0 };
    for (int id = PLAYERS - 1; id >= 0; id--)
        go_waitgroup_go(&wg, play, id);
    go_waitgroup_wait(&wg);
    printf("turns taken %d\n", go_atomic_load(&turn));
}
