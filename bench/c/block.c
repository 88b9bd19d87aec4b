/* SPDX-License-Identifier: MIT */
/* Goroutines that each block their thread for 100 ms in the kernel. */
#include "report.h"

#include <goroutine.h>
#include <unistd.h>

static void block(go_waitgroup *wg)
{
    usleep(100000);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&wg, 1);
        go(block, &wg);
    }
    go_waitgroup_wait(&wg);
    report_millis("block", start);
}
