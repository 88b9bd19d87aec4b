/* SPDX-License-Identifier: MIT */
/* Rule D5: a goroutine in a blocking system call delays nobody else.
 *
 * As many as there are Ps, and more, sleep in the kernel without telling the
 * library; the others go on as if they were alone.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static int sleeping, stop;

static void blocker(void)
{
    __atomic_add_fetch(&sleeping, 1, __ATOMIC_RELAXED);
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        usleep(50 * 1000);
    __atomic_sub_fetch(&sleeping, 1, __ATOMIC_RELAXED);
}

static void echo(go_chan(int) in, go_chan(int) out)
{
    int v;
    while (go_recv(in, &v))
        go_send(out, v);
}

static void beside(int blockers)
{
    __atomic_store_n(&stop, 0, __ATOMIC_RELAXED);
    go_chan(int) in = go_make(int, 0);
    go_chan(int) out = go_make(int, 0);
    for (int i = 0; i < blockers; i++)
        go(blocker);
    go(echo, in, out);

    while (__atomic_load_n(&sleeping, __ATOMIC_RELAXED) < blockers)
        go_sleep(GO_MILLISECOND);
    int64_t trip[101];
    for (int i = 0; i < 101; i++) {
        int64_t start = clock_ns();
        go_send(in, i);
        go_recv(out, NULL);
        go_sleep(GO_MILLISECOND);
        trip[i] = clock_ns() - start;
    }
    CHECK_EQ(__atomic_load_n(&sleeping, __ATOMIC_RELAXED), blockers);
    CHECK(median(trip, 101) < test_scale(11, 100) * GO_MILLISECOND);
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    go_close(in);
    while (__atomic_load_n(&sleeping, __ATOMIC_RELAXED) > 0)
        go_sleep(10 * GO_MILLISECOND);
    go_drop(in);
    go_drop(out);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        beside(procs);
        beside(4 * procs);
    }
}
