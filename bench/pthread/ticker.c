/* SPDX-License-Identifier: MIT */
/* A tick of 1 ms beside one endless loop per CPU: how late the ticks arrive.  Ticks that pass
 * while one is late are dropped. */
#include "nap.h"

#include <stdatomic.h>
#include <stdbool.h>

static atomic_bool stop;

static void *hog(void *arg)
{
    while (!atomic_load(&stop))
        ;
    return arg;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    int cpus = threads_init();
    pthread_t t[CPU_SETSIZE];
    int64_t *late = malloc((size_t)n * sizeof *late);
    if (!late)
        report_fail("out of memory");
    for (int i = 0; i < cpus; i++)
        t[i] = threads_start(hog, NULL);
    int64_t due = report_clock();
    for (long i = 0; i < n; i++) {
        int64_t passed = (report_clock() - due) / 1000000;
        due += (passed + 1) * 1000000;
        nap_until(due);
        late[i] = report_clock() - due;
    }
    atomic_store(&stop, true);
    threads_join(t, cpus);
    report_delays("ticker", late, n);
    free(late);
}
