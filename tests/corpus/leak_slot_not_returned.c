/* SPDX-License-Identifier: MIT */
/* Pattern: a buffered channel as a limit on work in progress; on an error the slot is not
 * given back, and when all are lost nobody gets one.
 * Report: who waits for a slot, sending. */
#include "corpus.h"

enum { LIMIT = 2 };

static void attempt(go_chan(int) slots, bool fails)
{
    go_send(slots, 0);
    if (fails)
        return; /* with the slot */
    go_recv(slots, NULL);
}

static void client(go_chan(int) slots)
{
    for (int i = 0; i < LIMIT; i++)
        attempt(slots, true);
    attempt(slots, false);
    go_drop(slots);
}

static corpus_part void run(void)
{
    go(client, go_make(int, LIMIT));
}

int main(void)
{
    run();
    corpus_leaks(1);
}
