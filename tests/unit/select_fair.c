/* SPDX-License-Identifier: MIT */
/* Among the cases that are ready each is as likely: within 10 sigma, for few cases
 * and for many, whichever stand between them, for both directions. */
#include "chan/chan.h"
#include "check.h"

#include <goroutine.h>
#include <math.h>

enum { MAX = 100 };

static struct go_chan_ *always; /* closed: a receive is ready for ever */

static void check_counts(const int *hits, const bool *is_ready, int n, int ready, int rounds)
{
    double p = 1.0 / ready, mean = rounds * p, sigma = sqrt(rounds * p * (1 - p));
    for (int i = 0; i < n; i++) {
        if (!is_ready[i]) {
            CHECK_EQ(hits[i], 0);
            continue;
        }
        if (fabs(hits[i] - mean) > 10 * sigma + 1e-9)
            fprintf(stderr, "case %d of %d: %d hits, %.0f expected, sigma %.1f\n", i, n, hits[i],
                    mean, sigma);
        CHECK(fabs(hits[i] - mean) <= 10 * sigma + 1e-9);
    }
}

/* Every step-th case is ready, from first on. */
static void receives(int n, int first, int step, int rounds)
{
    struct go_case k[MAX];
    struct go_chan_ *idle = go_chan_make_(1, 0);
    int hits[MAX] = { 0 }, ready = 0;
    bool is_ready[MAX] = { 0 };
    for (int i = 0; i < n; i++) {
        is_ready[i] = i >= first && (i - first) % step == 0;
        ready += is_ready[i];
        k[i] = (struct go_case){ GO_CASE_RECV_,
                                 is_ready[i] ? always
                                 : i % 2     ? NULL
                                             : idle,
                                 NULL, 0 };
    }
    for (int i = 0; i < rounds; i++)
        hits[go_select_(k, n)]++;
    check_counts(hits, is_ready, n, ready, rounds);
    go_chan_drop_(idle);
}

/* Sends and receives on one channel, which stays half full. */
static void both_ways(int rounds)
{
    struct go_chan_ *c = go_chan_make_(sizeof(int), 2 * rounds);
    int v = 0, hits[3] = { 0 };
    bool is_ready[3] = { true, true, true };
    for (int i = 0; i < rounds; i++)
        go_chan_send_(c, &v);
    struct go_case k[] = { { GO_CASE_SEND_, c, &v, 0 },
                           { GO_CASE_RECV_, c, &v, 0 },
                           { GO_CASE_RECV_, c, NULL, 0 } };
    for (int i = 0; i < rounds; i++)
        hits[go_select_(k, 3)]++;
    check_counts(hits, is_ready, 3, 3, rounds);
    CHECK_EQ(go_chan_len_(c), rounds + hits[0] - hits[1] - hits[2]);
    chan_verify(c);
    go_chan_drop_(c);
}

int main(void)
{
    int rounds = test_scale(200000, 10000);
    always = go_chan_make_(4, 0);
    go_chan_close_(always);
    receives(2, 0, 1, rounds);
    receives(3, 0, 1, rounds);
    receives(4, 1, 2, rounds);
    receives(7, 0, 3, rounds);
    receives(16, 0, 1, rounds);
    receives(17, 0, 1, rounds);
    receives(MAX, 5, 9, rounds);
    both_ways(rounds / 4);
    go_chan_drop_(always);
}
