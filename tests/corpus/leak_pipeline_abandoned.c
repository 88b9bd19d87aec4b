/* SPDX-License-Identifier: MIT */
/* Pattern: the end of a pipeline stops reading when it has enough; the stages before it
 * do not learn of it.
 * Report: each stage, sending. */
#include "corpus.h"

static void generate(go_chan(int) out)
{
    for (int i = 0;; i++)
        go_send(out, i);
}

static void square(go_chan(int) in, go_chan(int) out)
{
    go_range (v, in)
        go_send(out, v * v);
}

static corpus_part int first_above(int limit)
{
    go_chan(int) numbers = go_make(int, 0), squares = go_make(int, 0);
    go(generate, numbers);
    go(square, numbers, squares);
    int v = 0;
    while (v <= limit)
        go_recv(squares, &v);
    return v;
}

int main(void)
{
    if (first_above(50) != 64)
        return 1;
    corpus_leaks(2);
}
