/* SPDX-License-Identifier: MIT */
/* Go, runtime.Goexit: ends this goroutine alone, from any depth, and runs what
 * was to be run at its end; from main, the others go on. */
#include "support.h"

#include <goroutine.h>

static int destroyed;

static void count_destroyed(void *value)
{
    __atomic_add_fetch(&destroyed, *(int *)value, __ATOMIC_RELAXED);
}

static go_local local = { .destroy = count_destroyed };

static void leave(int depth, go_waitgroup *wg);

/* GCC would see that no call of leave returns, and warn. */
static void (*volatile leave_below)(int, go_waitgroup *) = leave;

static void leave(int depth, go_waitgroup *wg)
{
    if (depth > 0) {
        leave_below(depth - 1, wg);
        CHECK(!"came back from go_exit");
    }
    go_waitgroup_done(wg);
    go_exit();
}

static void deep(go_waitgroup *wg)
{
    static int one = 1;
    CHECK_EQ(go_local_set(&local, &one), 0);
    leave(100, wg);
}

static void finish(void)
{
    go_sleep(5 * GO_MILLISECOND);
    fprintf(stderr, "others went on");
    exit(5);
}

int main(int argc, char **argv)
{
    if (child_arg(argc, argv)) {
        go(finish);
        go_exit();
    }

    int n = test_scale(10000, 500);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        go(deep, &wg);
    go_waitgroup_wait(&wg);
    for (int64_t end = clock_ns() + 20 * GO_SECOND;
         __atomic_load_n(&destroyed, __ATOMIC_RELAXED) < n; go_yield())
        CHECK(clock_ns() < end);
    while (go_count() > 1)
        go_yield();

    char err[4096];
    CHECK_EQ(child_run("main_goexit", err, sizeof err), 5);
    CHECK(!strcmp(err, "others went on"));
}
