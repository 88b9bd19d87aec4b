/* SPDX-License-Identifier: MIT */
/* Starting the world again at the thread limit: a P whose timers wait for a thread
 * goes back to the idle list, and the caller goes on.
 *
 * The caller took it from that list again and again, for ever. */
#include "at_limit.h"

#include <goroutine.h>
#include <pthread.h>

static bool stop;

/* The timers of threads that are not ours are in the heaps of idle Ps. */
static void *set_timers(void *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        go_sleep(20 * GO_MILLISECOND);
    go_waitgroup_done(wg);
    return NULL;
}

static int child_main(void)
{
    pthread_t t[4];
    go_waitgroup wg = { 0 };
    go_maxprocs(4);
    go_waitgroup_add(&wg, 4);
    for (int i = 0; i < 4; i++)
        CHECK_EQ(pthread_create(&t[i], NULL, set_timers, &wg), 0);
    int64_t end = go_now() + 200 * GO_MILLISECOND;
    for (int i = 0, n = test_scale(1000, 100); i < n || go_now() < end; i++) {
        go_verify();
        go_yield();
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&wg); /* the one thread must not wait for them in the kernel */
    for (int i = 0; i < 4; i++)
        CHECK_EQ(pthread_join(t[i], NULL), 0);
    return 0;
}

int main(int argc, char **argv)
{
    char err[4096];
    if (child_arg(argc, argv))
        return child_main();
    CHECK_EQ(run_at_limit(1, "child", err, sizeof err), 0);
    CHECK(strstr(err, "limit") != NULL);
}
