/* SPDX-License-Identifier: MIT */
/* Pattern: main ranges over results that nobody closes when the last worker is done.
 * Report: main, receiving. */
#include "corpus.h"

static void worker(int n, go_chan(int) out)
{
    go_send(out, n * n);
}

int main(void)
{
    int sum = 0;
    go_chan(int) out = go_make(int, 0);
    for (int i = 0; i < 3; i++)
        go(worker, i, out);
    go_range (v, out)
        sum += v;
    return sum;
}
