/* SPDX-License-Identifier: MIT */
/* Many goroutines, 1000 if not told otherwise, each select over one hot channel that they
 * share and a quiet one of their own. */
#include "report.h"

#include <goroutine.h>

static long total;

static void selector(go_chan(long) hot, go_chan(long) quiet, go_waitgroup *wg)
{
    long sum = 0, v, never;
    while (go_select(go_on_recv(hot, &v), go_on_recv(quiet, &never)) == 0 && go_selected_ok())
        sum += v;
    __atomic_add_fetch(&total, sum, __ATOMIC_RELAXED);
    go_drop(quiet);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), selectors = report_size(argc, argv, 1000);
    go_chan(long) hot = go_make(long, 0);
    go_waitgroup wg = { 0 };
    for (long i = 0; i < selectors; i++) {
        go_waitgroup_add(&wg, 1);
        go(selector, hot, go_make(long, 0), &wg);
    }
    struct report_span start = report_start();
    for (long i = 0; i < n; i++)
        go_send(hot, i);
    go_close(hot);
    go_waitgroup_wait(&wg);
    report_per_op("hotselect", start, n);
    if (total != n * (n - 1) / 2)
        report_fail("hotselect: wrong sum %ld", total);
    go_drop(hot);
}
