/* SPDX-License-Identifier: MIT */
/* Stacks: 1,000,000 goroutines parked at once, each on a guarded stack of its
 * own, on default kernel settings; then all of them wake.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static int64_t woken;

static void park(go_chan(int) c)
{
    go_recv(c, NULL);
    __atomic_add_fetch(&woken, 1, __ATOMIC_RELAXED);
}

static int64_t available_kib(void)
{
    char line[256];
    long long kib = 0;
    FILE *f = fopen("/proc/meminfo", "r");
    CHECK(f);
    while (fgets(line, sizeof line, f) && sscanf(line, "MemAvailable: %lld", &kib) != 1)
        ;
    fclose(f);
    return kib;
}

static int64_t resident_and_tables_kib(void)
{
    char line[256];
    long long kib, sum = 0;
    FILE *f = fopen("/proc/self/status", "r");
    CHECK(f);
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %lld", &kib) == 1 || sscanf(line, "VmPTE: %lld", &kib) == 1)
            sum += kib;
    fclose(f);
    return sum;
}

int main(void)
{
    int n = test_scale(1000000, 5000);
    if (available_kib() < (int64_t)n * 6)
        return 77;
    go_chan(int) c = go_make(int, 0);
    int64_t before = resident_and_tables_kib();
    for (int i = 0; i < n; i++)
        CHECK_EQ(go_try(park, c), 0);
    while (go_count() < n + 1)
        go_yield();
    for (int i = 0; i < 4; i++)
        go_yield();
    CHECK_EQ(go_count(), n + 1);

    /* At most 4.4 KiB each with page tables; sanitizers add their own. */
    double each = (double)(resident_and_tables_kib() - before) / n;
    fprintf(stderr, "%d parked, %.2f KiB each\n", n, each);
    if (!getenv("GO_TEST_SLOW"))
        CHECK(each < 4.7);

    go_close(c);
    for (int64_t end = clock_ns() + 50 * GO_SECOND; go_count() > 1; go_yield())
        CHECK(clock_ns() < end);
    CHECK_EQ(__atomic_load_n(&woken, __ATOMIC_RELAXED), n);
    go_drop(c);
}
