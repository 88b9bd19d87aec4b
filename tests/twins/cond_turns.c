/* SPDX-License-Identifier: MIT */
/* Goroutines that speak in turn: each waits until it is its number. */
#include <goroutine.h>
#include <stdio.h>

enum { SPEAKERS = 4, ROUNDS = 3 };

static go_mutex m;
static go_cond changed;
static int turn;

static void speak(int id)
{
    for (int i = 0; i < ROUNDS; i++) {
        go_mutex_lock(&m);
        while (turn % SPEAKERS != id)
            go_cond_wait(&changed, &m);
        printf("round %d speaker %d\n", i, id);
        turn++;
        go_cond_broadcast(&changed);
        go_mutex_unlock(&m);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = SPEAKERS - 1; i >= 0; i--)
        go_waitgroup_go(&wg, speak, i);
    go_waitgroup_wait(&wg);
    printf("turns %d\n", turn);
}
