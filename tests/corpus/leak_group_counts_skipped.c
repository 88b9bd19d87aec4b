/* SPDX-License-Identifier: MIT */
/* Pattern: the group is told the number of items, but some items are filtered out before
 * a goroutine is started for them.
 * Report: the goroutine that waits for the group. */
#include "corpus.h"

static void handle(go_waitgroup *group)
{
    go_waitgroup_done(group);
}

static void batch(int n)
{
    go_waitgroup group = { 0 };
    go_waitgroup_add(&group, n);
    for (int i = 0; i < n; i++)
        if (i % 3)
            go(handle, &group);
    go_waitgroup_wait(&group);
}

static corpus_part void run(void)
{
    go(batch, 6);
}

int main(void)
{
    run();
    corpus_leaks(1);
}
