/* SPDX-License-Identifier: MIT */
/* Go, runtime.GOMAXPROCS: queries, sets, returns what was before, and may change
 * at any time under load without losing anybody. */
#include "check.h"

#include <goroutine.h>
#include <sched.h>

static void work(int n, go_chan(int) c, go_waitgroup *wg)
{
    for (int i = 0; i < n; i++) {
        switch (i % 4) {
        case 0:
            go_select(go_on_send(c, i), go_on_recv(c, NULL));
            break;
        case 1:
            go_yield();
            break;
        case 2:
            go_sleep(i % 100 * GO_MICROSECOND);
            break;
        case 3:
            go_select(go_on_recv(c, NULL), go_on_timeout(10 * GO_MICROSECOND));
            break;
        }
    }
    go_waitgroup_done(wg);
}

static int busy, most;

static void measure(void)
{
    int n = __atomic_add_fetch(&busy, 1, __ATOMIC_SEQ_CST);
    for (int m = __atomic_load_n(&most, __ATOMIC_RELAXED);
         n > m &&
         !__atomic_compare_exchange_n(&most, &m, n, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);)
        ;
    for (volatile int i = 0; i < 200; i++)
        ;
    __atomic_sub_fetch(&busy, 1, __ATOMIC_SEQ_CST);
}

static void measure_for(int64_t until, go_waitgroup *wg)
{
    do { /* once at the least, however late it begins */
        measure();
        go_yield();
    } while (go_now() < until);
    go_waitgroup_done(wg);
}

/* With one P, what is between two calls of the library is hardly ever run by two
 * at once: only when a P is taken from a thread that the kernel has set aside. */
static void one_at_a_time(void)
{
    int fewest = 8;
    go_maxprocs(1);
    for (int i = 0; i < 20 && fewest > 2; i++) {
        go_waitgroup wg = { 0 };
        busy = most = 0;
        int64_t until = go_now() + 20 * GO_MILLISECOND;
        go_waitgroup_add(&wg, 8);
        for (int k = 0; k < 8; k++)
            go(measure_for, until, &wg);
        go_waitgroup_wait(&wg);
        CHECK(most >= 1);
        fewest = most < fewest ? most : fewest;
    }
    CHECK(fewest <= 2);
}

int main(void)
{
    int usual = go_maxprocs(0);
    CHECK(usual >= 1);
    CHECK_EQ(go_maxprocs(-1), usual);
    CHECK_EQ(go_maxprocs(3), usual);
    CHECK_EQ(go_maxprocs(0), 3);
    CHECK_EQ(go_maxprocs(1), 3);
    CHECK_EQ(go_maxprocs(usual), 1);

    if (!getenv("GOMAXPROCS")) {
        cpu_set_t set;
        CHECK_EQ(sched_getaffinity(0, sizeof set, &set), 0);
        CHECK(usual <= CPU_COUNT(&set));
    }

    go_waitgroup wg = { 0 };
    go_chan(int) c = go_make(int, 1);
    go_waitgroup_add(&wg, 20);
    for (int i = 0; i < 20; i++)
        go(work, test_scale(400, 60), c, &wg);
    for (int i = 0; i < test_scale(200, 30); i++) {
        int procs = 1 + i * 7 % 9;
        go_maxprocs(procs);
        CHECK_EQ(go_maxprocs(0), procs);
        go_sleep(i % 5 * 100 * GO_MICROSECOND);
    }
    while (go_waitgroup_wait_until(&wg, go_now() + GO_MILLISECOND))
        go_select(go_on_recv(c, NULL), go_on_send(c, 0), go_default()); /* meet the last one */
    go_drop(c);
    if (!getenv("GO_DEBUG")) /* chaos takes Ps from whom it likes */
        one_at_a_time();
}
