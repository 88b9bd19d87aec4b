/* SPDX-License-Identifier: MIT */
/* go_cpu_time: what a goroutine computed, on whichever threads, with a P or after it
 * lost it; not what it waited or slept in the kernel.  All together is what the process
 * used. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

enum { SLEEPS = 30 };

static int64_t clock_of(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* So much CPU time, by the clock of the thread: it does not call the library, so it
 * stays there. */
static void work(int64_t ns)
{
    int64_t end = clock_of(CLOCK_THREAD_CPUTIME_ID) + ns;
    while (clock_of(CLOCK_THREAD_CPUTIME_ID) < end)
        ;
}

static void hog(int64_t ns, int64_t *used, go_waitgroup *wg)
{
    work(ns);
    *used = go_cpu_time();
    go_waitgroup_done(wg);
}

static void sleep_in_kernel(int64_t *used, go_waitgroup *wg)
{
    for (int i = 0; i < SLEEPS; i++)
        usleep(2000);
    *used = go_cpu_time();
    go_waitgroup_done(wg);
}

/* Stops in each way there is, so that it goes on on any thread. */
static void migrate(int64_t ns, int64_t *used, go_waitgroup *wg)
{
    int64_t before = 0;
    for (int i = 0; i < 100; i++) {
        work(ns / 100);
        if (i % 10 == 0)
            go_sleep(100 * GO_MICROSECOND);
        else
            go_yield();
        *used = go_cpu_time();
        CHECK(*used >= before);
        before = *used;
    }
    go_waitgroup_done(wg);
}

static bool is_about(int64_t used, int64_t ns)
{
    bool yes = used >= ns - ns / 20 && used <= ns + ns / 5 + 2 * GO_MILLISECOND;
    if (!yes)
        fprintf(stderr, "%lld us instead of %lld\n", (long long)used / 1000, (long long)ns / 1000);
    return yes;
}

static void measure(int procs, int64_t unit)
{
    int64_t a = 0, b = 0, s = 0, m = 0;
    go_waitgroup wg = { 0 };
    go_maxprocs(procs);
    int64_t process = clock_of(CLOCK_PROCESS_CPUTIME_ID), own = go_cpu_time();
    go_waitgroup_add(&wg, 4);
    go(sleep_in_kernel, &s, &wg);
    go(hog, unit, &a, &wg);
    go(hog, 3 * unit, &b, &wg);
    go(migrate, unit, &m, &wg);
    go_waitgroup_wait(&wg);
    process = clock_of(CLOCK_PROCESS_CPUTIME_ID) - process;
    int64_t sum = a + b + s + m + go_cpu_time() - own;
    CHECK(is_about(a, unit));
    CHECK(is_about(b, 3 * unit));
    CHECK(is_about(m, unit));
    CHECK(s < SLEEPS * GO_MILLISECOND); /* it slept for twice that */
    CHECK(sum <= process + process / 50 + GO_MILLISECOND);
    /* The rest is the runtime's own: much, where sysmon is made to act all the time. */
    int64_t least = getenv("GO_DEBUG") ? process / 3 : process * 3 / 4;
    CHECK(sum >= least - 10 * GO_MILLISECOND);
}

static void *foreign(void *arg)
{
    int64_t before = go_cpu_time();
    work(GO_MILLISECOND);
    *(bool *)arg = go_cpu_time() - before >= GO_MILLISECOND;
    return NULL;
}

int main(void)
{
    pthread_t t;
    bool grew = false;
    if (!getenv("GO_DEBUG"))
        CHECK_EQ(go_cpu_time(), 0);
    CHECK(!go_cpu_time_enable(true));
    CHECK(go_cpu_time_enable(true));
    int64_t unit = test_scale(20, 10) * GO_MILLISECOND;
    measure(4, unit);
    measure(1, unit); /* both hogs go on without a P */
    CHECK_EQ(pthread_create(&t, NULL, foreign, &grew), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK(grew);
    int64_t last = go_cpu_time();
    CHECK(go_cpu_time_enable(false));
    work(unit);
    CHECK(go_cpu_time() - last < GO_MILLISECOND);
    CHECK(!go_cpu_time_enable(true)); /* what was used meanwhile is not made up for */
    CHECK(go_cpu_time() - last < 2 * GO_MILLISECOND);
}
