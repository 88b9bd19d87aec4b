/* SPDX-License-Identifier: MIT */
/* A weighted semaphore: without contention, and eight goroutines that want 1 to 3 of 4. */
#include "report.h"

#include <goroutine.h>

enum { WORKERS = 8, SIZE = 4 };

static go_sema sema = GO_SEMA_INIT(SIZE);
static int32_t out;

static void use(long n, go_waitgroup *wg)
{
    for (long i = 0; i < n; i++) {
        int64_t want = 1 + i % 3;
        go_sema_acquire(&sema, want);
        if (go_atomic_add(&out, (int32_t)want) > SIZE)
            report_fail("sema: too many out");
        go_atomic_add(&out, (int32_t)-want);
        go_sema_release(&sema, want);
    }
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), contended = n / 10;
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_sema_acquire(&sema, 2);
        go_sema_release(&sema, 2);
    }
    report_per_op("sema", start, n);
    start = report_start();
    go_waitgroup_add(&wg, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        go(use, contended / WORKERS, &wg);
    go_waitgroup_wait(&wg);
    report_per_op("sema.contended", start, contended / WORKERS * WORKERS);
}
