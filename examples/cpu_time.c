/* SPDX-License-Identifier: MIT */
/* What goroutines cost: CPU time, whichever threads they ran on. */
#include <goroutine.h>
#include <stdio.h>
#include <unistd.h>

static double sum;

static void compute(int n, go_chan(int64_t) used)
{
    double x = 0;
    for (int i = 1; i < n; i++)
        x += 1.0 / i;
    go_atomic_store(&sum, x);
    go_send(used, go_cpu_time());
}

static void sleep_in_kernel(go_chan(int64_t) used)
{
    usleep(20000);
    go_send(used, go_cpu_time());
}

int main(void)
{
    go_chan(int64_t) busy = go_make(int64_t, 0), lazy = go_make(int64_t, 0);
    int64_t a, b;
    go_cpu_time_enable(true);
    go(compute, 10000000, busy);
    go(sleep_in_kernel, lazy);
    go_recv(busy, &a);
    go_recv(lazy, &b);
    printf("the busy one used more: %s\n", a > b ? "yes" : "no");
    printf("the sleeper used less than it slept: %s\n", b < 20 * GO_MILLISECOND ? "yes" : "no");
    go_drop(busy);
    go_drop(lazy);
    return !(a > b);
}
