/* SPDX-License-Identifier: MIT */
/* Rule D4: an idle program uses no CPU, whatever it waits for.
 * test: serial */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>
#include <sys/resource.h>

static int64_t cpu_ns(void)
{
    struct rusage ru;
    CHECK_EQ(getrusage(RUSAGE_SELF, &ru), 0);
    return (ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) * GO_SECOND +
           (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) * GO_MICROSECOND;
}

static void park(go_chan(int) c)
{
    go_recv(c, NULL);
}

static void work(go_chan(int) c, go_waitgroup *wg)
{
    for (int i = 0; i < 10000; i++) {
        go_select(go_on_send(c, i), go_on_recv(c, NULL));
        go_yield();
    }
    go_waitgroup_done(wg);
}

static void warm_up(int procs)
{
    go_waitgroup wg = { 0 };
    go_chan(int) c = go_make(int, 1);
    go_waitgroup_add(&wg, 4 * procs);
    for (int i = 0; i < 4 * procs; i++)
        go(work, c, &wg);
    go_waitgroup_wait(&wg);
    go_drop(c);
}

static void *wait_as_a_thread(void *c)
{
    go_recv((go_chan(int))c, NULL);
    return NULL;
}

static int64_t idle_cost(int64_t d)
{
    go_sleep(50 * GO_MILLISECOND); /* the spinners have given up by now */
    int64_t before = cpu_ns();
    go_sleep(d);
    return cpu_ns() - before;
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, wait_as_a_thread, c), 0);
    for (int i = 0; i < 100; i++)
        go(park, c);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        warm_up(procs);
        int64_t cost = idle_cost(test_scale(1000, 300) * GO_MILLISECOND);
        if (cost > 5 * GO_MILLISECOND)
            fprintf(stderr, "idle with %d Ps: %.3f ms of CPU\n", procs, cost / 1e6);
        CHECK(cost <= test_scale(5, 60) * GO_MILLISECOND);
    }
    go_close(c);
    CHECK_EQ(pthread_join(t, NULL), 0);
    while (go_count() > 1)
        go_yield();
    go_drop(c);
}
