/* SPDX-License-Identifier: MIT */
/* Pattern: "received" is taken for "before the send returns", which holds for an unbuffered
 * channel alone.
 * Right: unbuffered.
 * Report: the goroutine's write, main's read. */
#include "race.h"

static int result;

static void worker(go_chan(int) ask)
{
    result = 5;
    race_meet(2);
    go_recv(ask, NULL);
}

static int get(go_chan(int) ask)
{
    if (!racy)
        race_meet(2);
    go_send(ask, 0);
    int v = result;
    if (racy)
        race_meet(2);
    return v;
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_chan(int) ask = go_make(int, racy ? 1 : 0);
    go(worker, ask);
    int v = get(ask);
    return racy || v == 5 ? 0 : 1;
}
