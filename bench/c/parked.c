/* SPDX-License-Identifier: MIT */
/* The memory of parked goroutines, page tables included. */
#include "report.h"

#include <goroutine.h>

static void wait_for_close(go_chan(long) c, go_waitgroup *started, go_waitgroup *ended)
{
    go_waitgroup_done(started);
    go_recv(c, NULL);
    go_waitgroup_done(ended);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    go_chan(long) c = go_make(long, 0);
    go_waitgroup started = { 0 }, ended = { 0 };
    long before = report_resident();
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&started, 1);
        go_waitgroup_add(&ended, 1);
        go(wait_for_close, c, &started, &ended);
    }
    go_waitgroup_wait(&started);
    report_per_op("parked.spawn", start, n);
    printf("parked %.1f B\n", (double)(report_resident() - before) / (double)n);
    go_close(c);
    go_waitgroup_wait(&ended);
    go_drop(c);
}
