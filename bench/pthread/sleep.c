/* SPDX-License-Identifier: MIT */
/* How late a sleep of 1 ms ends when nothing else runs. */
#include "nap.h"

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    int64_t *late = malloc((size_t)n * sizeof *late);
    if (!late)
        report_fail("out of memory");
    threads_init();
    for (long i = 0; i < n; i++) {
        int64_t due = report_clock() + 1000000;
        nap_until(due);
        late[i] = report_clock() - due;
    }
    report_delays("sleep", late, n);
    free(late);
}
