/* SPDX-License-Identifier: MIT */
/* Stacks taken all the time from goroutines that compute, end, move between threads,
 * lose their P and are started anew on the same stacks; then verify(). */
#include "check.h"

#include <goroutine.h>
#include <string.h>
#include <unistd.h>

static int64_t reports, wrong; /* atomic */

static void note(const go_long_run *r, void *arg)
{
    (void)arg;
    __atomic_add_fetch(&reports, 1, __ATOMIC_RELAXED);
    if (r->name[0] == 'w' || r->id == 0 || r->computed < GO_MILLISECOND)
        __atomic_add_fetch(&wrong, 1, __ATOMIC_RELAXED);
}

static unsigned fill(unsigned seed, int depth)
{
    volatile char room[200];
    memset((void *)room, (int)seed, sizeof room);
    return depth > 0 ? fill(seed, depth - 1) + (unsigned)room[depth] : (unsigned)room[0];
}

static void compute(unsigned seed)
{
    int64_t d = (int64_t)(seed >> 8) % (4 * GO_MILLISECOND);
    for (int64_t end = go_now() + d; go_now() < end;)
        fill(seed, (int)(seed % 20));
}

static void compute_blind(unsigned seed, go_waitgroup *wg)
{
    for (unsigned i = 0, n = (seed >> 8) % 100000; i < n; i++)
        fill(i, (int)(i % 20));
    if (seed % 3 == 0)
        usleep(100);
    else if (seed % 3 == 1)
        go_yield();
    compute(seed);
    go_waitgroup_done(wg);
}

static void wait(int64_t d, go_waitgroup *wg)
{
    go_set_name("w");
    usleep((useconds_t)(d / 1000));
    go_sleep(d);
    go_waitgroup_done(wg);
}

int main(void)
{
    CHECK_EQ(go_observe_long(GO_MILLISECOND, note, NULL), 0);
    int64_t end = go_now() + 20 * GO_SECOND; /* the first report takes long */
    for (int round = 0; round < test_scale(4, 2) ||
                        (__atomic_load_n(&reports, __ATOMIC_RELAXED) == 0 && go_now() < end);
         round++) {
        int n = test_scale(40, 20);
        go_waitgroup wg = { 0 };
        go_maxprocs(1 + round % 4);
        go_waitgroup_add(&wg, 2 * n);
        for (int i = 0; i < n; i++) {
            go(compute_blind, (unsigned)(i + round) * 2654435761u, &wg);
            go(wait, i % 5 * GO_MILLISECOND, &wg);
        }
        go_waitgroup_wait(&wg);
        go_verify();
    }
    CHECK(__atomic_load_n(&reports, __ATOMIC_RELAXED) > 0);
    CHECK_EQ(__atomic_load_n(&wrong, __ATOMIC_RELAXED), 0);
}
