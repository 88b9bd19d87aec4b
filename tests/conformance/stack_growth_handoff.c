/* SPDX-License-Identifier: MIT */
/* Conformance 15: stacks that grow and shrink while values are handed over.
 *
 * Every hand-off writes straight into a variable of the parked goroutine, at
 * depths that touch fresh pages of its stack each time. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

enum { FRAME = 3000, DEPTH = 48 }; /* 144 KiB at the deepest */

static __attribute__((noinline)) int64_t echo_deep(go_chan(int) in, go_chan(int) out, int depth)
{
    volatile char frame[FRAME];
    int v = -1;
    memset((char *)frame, depth, sizeof frame);
    CHECK(go_recv(in, &v));
    go_send(out, v + 1);
    int64_t sum = v;
    if (depth > 0)
        sum += echo_deep(in, out, depth - 1);
    for (int i = 0; i < FRAME; i += 250)
        CHECK_EQ(frame[i], depth);
    return sum;
}

static void echo(go_chan(int) in, go_chan(int) out, int laps)
{
    for (int i = 0; i < laps; i++)
        CHECK_EQ(echo_deep(in, out, DEPTH), (int64_t)DEPTH * (DEPTH + 1) / 2);
}

static __attribute__((noinline)) void drive_deep(go_chan(int) in, go_chan(int) out, int depth)
{
    volatile char frame[FRAME / 2];
    int v;
    frame[0] = (char)depth;
    go_send(in, depth);
    CHECK(go_recv(out, &v));
    CHECK_EQ(v, depth + 1);
    if (depth > 0)
        drive_deep(in, out, depth - 1);
    CHECK_EQ(frame[0], (char)depth);
}

static void drive(int laps, go_waitgroup *wg)
{
    go_chan(int) in = go_make(int, 0);
    go_chan(int) out = go_make(int, 0);
    go(echo, in, out, laps);
    for (int i = 0; i < laps; i++)
        drive_deep(in, out, DEPTH);
    go_waitgroup_done(wg);
}

int main(void)
{
    int pairs = test_scale(50, 8), laps = test_scale(20, 4);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        go_waitgroup_add(&wg, pairs);
        for (int i = 0; i < pairs; i++)
            go(drive, laps, &wg);
        go_waitgroup_wait(&wg);
    }
}
