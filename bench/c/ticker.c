/* SPDX-License-Identifier: MIT */
/* A tick of 1 ms beside one endless loop per P: how late the ticks arrive.
 *
 * Ticks that pass while one is late are dropped, as Go's ticker does. */
#include "report.h"

#include <goroutine.h>

static bool stop;

static void hog(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_SEQ_CST))
        ;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    int64_t *late = malloc((size_t)n * sizeof *late);
    if (!late)
        report_fail("out of memory");
    for (int i = go_maxprocs(0); i > 0; i--)
        go(hog);
    int64_t due = report_clock();
    for (long i = 0; i < n; i++) {
        int64_t passed = (report_clock() - due) / GO_MILLISECOND;
        due += (passed + 1) * GO_MILLISECOND;
        go_sleep_until(due);
        late[i] = report_clock() - due;
    }
    __atomic_store_n(&stop, true, __ATOMIC_SEQ_CST);
    report_delays("ticker", late, n);
    free(late);
}
