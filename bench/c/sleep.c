/* SPDX-License-Identifier: MIT */
/* How late a sleep of 1 ms ends when nothing else runs. */
#include "report.h"

#include <goroutine.h>

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    int64_t *late = malloc((size_t)n * sizeof *late);
    if (!late)
        report_fail("out of memory");
    for (long i = 0; i < n; i++) {
        int64_t start = report_clock();
        go_sleep(1 * GO_MILLISECOND);
        late[i] = report_clock() - start - 1 * GO_MILLISECOND;
    }
    report_delays("sleep", late, n);
    free(late);
}
