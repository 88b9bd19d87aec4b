/* SPDX-License-Identifier: MIT */
/* Pattern: a caller that returns on an error of its own before it takes the result of
 * the goroutine that it started.
 * Report: that goroutine, sending. */
#include "corpus.h"

static void compute(go_chan(int) result)
{
    go_send(result, 42);
}

static corpus_part int answer(bool valid)
{
    go_chan(int) result = go_make(int, 0);
    go(compute, result);
    if (!valid)
        return -1; /* nobody will receive */
    int v = 0;
    go_recv(result, &v);
    go_drop(result);
    return v;
}

int main(void)
{
    if (answer(true) != 42 || answer(false) != -1)
        return 1;
    corpus_leaks(1);
}
