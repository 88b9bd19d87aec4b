/* SPDX-License-Identifier: MIT */
/* Many goroutines sleep once, 1 ms to 1 s, no two alike: CPU time of it all, and how late
 * they wake. */
#include "report.h"

#include <goroutine.h>

static void sleeper(int64_t d, int64_t *late, go_waitgroup *wg)
{
    int64_t due = report_clock() + d;
    go_sleep(d);
    *late = report_clock() - due;
    go_waitgroup_done(wg);
}

/* Not in the order in which they start. */
static int64_t length(long i, long n)
{
    return GO_MILLISECOND + 999 * GO_MILLISECOND * (i * 7919 % n) / n;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    int64_t *late = malloc((size_t)n * sizeof *late);
    if (!late)
        report_fail("out of memory");
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&wg, 1);
        go(sleeper, length(i, n), &late[i], &wg);
    }
    go_waitgroup_wait(&wg);
    printf("sleepers.cpu %.1f ms\n", (double)report_since(start).cpu / 1e6);
    report_sort(late, n);
    if (late[0] < 0)
        report_fail("sleepers: one woke %ld ns early", (long)-late[0]);
    printf("sleepers.late %.2f us\n", (double)late[n / 2] / 1e3);
    free(late);
}
