/* SPDX-License-Identifier: MIT */
/* Pattern: two goroutines have half of the units each and wait for the other half.
 * Report: both, sending to the channel that counts units; main waits. */
#include "corpus.h"

enum { UNITS = 4 };

static go_chan(int) units;
static go_waitgroup half, done;

static void copy(void)
{
    for (int i = 0; i < UNITS; i++) {
        if (i == UNITS / 2) {
            go_waitgroup_done(&half);
            go_waitgroup_wait(&half);
        }
        go_send(units, 0);
    }
    for (int i = 0; i < UNITS; i++)
        go_recv(units, NULL);
    go_waitgroup_done(&done);
}

int main(void)
{
    units = go_make(int, UNITS);
    go_waitgroup_add(&half, 2);
    go_waitgroup_add(&done, 2);
    go(copy);
    go(copy);
    go_waitgroup_wait(&done);
}
