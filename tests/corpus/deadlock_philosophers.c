/* SPDX-License-Identifier: MIT */
/* Pattern: everyone takes the left fork, then the right one.
 * Report: all of them, locking; main waits. */
#include "corpus.h"

enum { N = 4 };

static go_mutex fork_of[N];
static go_waitgroup has_left, eaten;

static void philosopher(int i)
{
    go_mutex_lock(&fork_of[i]);
    go_waitgroup_done(&has_left);
    go_waitgroup_wait(&has_left);
    go_mutex_lock(&fork_of[(i + 1) % N]);
    go_mutex_unlock(&fork_of[(i + 1) % N]);
    go_mutex_unlock(&fork_of[i]);
    go_waitgroup_done(&eaten);
}

int main(void)
{
    go_waitgroup_add(&has_left, N);
    go_waitgroup_add(&eaten, N);
    for (int i = 0; i < N; i++)
        go(philosopher, i);
    go_waitgroup_wait(&eaten);
}
