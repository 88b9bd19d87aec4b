/* SPDX-License-Identifier: MIT */
/* Pattern: "block for ever" at the end of a helper that was meant to be the program's
 * last function, started as a goroutine instead.
 * Report: the helper, in a select without cases. */
#include "corpus.h"

static void run_server(int *started)
{
    *started = 1;
    go_select_cases(NULL, 0);
    exit(1);
}

static int started;

static corpus_part void embed(void)
{
    go(run_server, &started);
}

int main(void)
{
    corpus_at_exit();
    embed();
    corpus_wait_leaked(1);
}
