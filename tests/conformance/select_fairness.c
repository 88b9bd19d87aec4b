/* SPDX-License-Identifier: MIT */
/* Conformance 8: the choice among the ready is uniform, within 10 sigma.
 *
 * Checked for every subset of ready cases, so that neither a position nor the
 * neighbour of a case that is not ready is favoured. */
#include "check.h"

#include <goroutine.h>
#include <math.h>

enum { N = 4 };

static void count(go_chan(int) *c, int trials, int *hits)
{
    for (int i = 0; i < trials; i++)
        hits[go_select(go_on_recv(c[0], NULL), go_on_recv(c[1], NULL), go_on_recv(c[2], NULL),
                       go_on_recv(c[3], NULL))]++;
}

static void subset(unsigned ready)
{
    int trials = test_scale(20000, 2000), n = __builtin_popcount(ready), hits[N] = { 0 };
    go_chan(int) c[N];
    for (int i = 0; i < N; i++) {
        c[i] = go_make(int, 0);
        if (ready >> i & 1)
            go_close(c[i]); /* ready for ever */
    }
    count(c, trials, hits);

    double p = 1.0 / n, sigma = sqrt(trials * p * (1 - p));
    for (int i = 0; i < N; i++) {
        if (ready >> i & 1)
            CHECK(fabs(hits[i] - trials * p) <= 10 * sigma);
        else
            CHECK_EQ(hits[i], 0);
        go_drop(c[i]);
    }
}

/* Values in buffers and readiness to send are chosen as fairly as closedness. */
static void mixed(void)
{
    int trials = test_scale(20000, 2000), sends = 0;
    go_chan(int) in = go_make(int, 1);
    go_chan(int) out = go_make(int, 1);
    for (int i = 0; i < trials; i++) {
        if (go_len(in) == 0)
            go_send(in, 1);
        if (go_len(out) == 1)
            go_recv(out, NULL);
        sends += go_select(go_on_recv(in, NULL), go_on_send(out, 1));
    }
    CHECK(fabs(sends - trials / 2.0) <= 10 * sqrt(trials / 4.0));
    go_drop(in);
    go_drop(out);
}

int main(void)
{
    for (unsigned ready = 1; ready < 1u << N; ready++)
        subset(ready);
    mixed();
}
