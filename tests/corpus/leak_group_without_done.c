/* SPDX-License-Identifier: MIT */
/* Pattern: a worker that returns early without telling the group; who waits for the
 * group to close the results never does, and the reader of the results waits too.
 * Report: the waiter and the reader. */
#include "corpus.h"

struct job {
    go_waitgroup group;
    go_chan(int) results;
};

static void work(struct job *j, int i)
{
    if (i == 2)
        return; /* nothing to do, and nothing said */
    go_send(j->results, i);
    go_waitgroup_done(&j->group);
}

static void close_results(struct job *j)
{
    go_waitgroup_wait(&j->group);
    go_close(j->results);
}

static void sum_up(struct job *j)
{
    int sum = 0;
    go_range (v, j->results)
        sum += v;
    free(j);
    exit(sum);
}

static corpus_part void run(void)
{
    struct job *j = calloc(1, sizeof *j);
    j->results = go_make(int, 0);
    go_waitgroup_add(&j->group, 4);
    for (int i = 0; i < 4; i++)
        go(work, j, i);
    go(close_results, j);
    go(sum_up, j);
}

int main(void)
{
    run();
    corpus_leaks(2);
}
