/* SPDX-License-Identifier: MIT */
/* Pattern: results are appended to a shared array: the index is read, the place written,
 * the index incremented.
 * Right: each goroutine has its own place.
 * Report: append. */
#include "race.h"

enum { N = 2 };

static int results[N], used;

static void append(int v)
{
    results[used++] = v;
}

static void work(int i, go_waitgroup *wg)
{
    race_meet(N);
    if (racy)
        append(i);
    else
        results[i] = i;
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, N);
    for (int i = 0; i < N; i++)
        go(work, i, &wg);
    go_waitgroup_wait(&wg);
    return results[0] + results[1] == 1 ? 0 : 1;
}
