/* SPDX-License-Identifier: MIT */
/* Pattern: the same question to several replicas, the first answer wins, the channel is
 * unbuffered.
 * Report: all replicas but one, sending. */
#include "corpus.h"

enum { REPLICAS = 4 };

static void replica(int id, go_chan(int) answers)
{
    go_send(answers, id);
}

static corpus_part int ask(void)
{
    int first = -1;
    go_chan(int) answers = go_make(int, 0);
    for (int i = 0; i < REPLICAS; i++)
        go(replica, i, answers);
    go_recv(answers, &first);
    return first;
}

int main(void)
{
    corpus_at_exit();
    if (ask() < 0)
        return 1;
    corpus_wait_leaked(REPLICAS - 1);
}
