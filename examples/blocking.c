/* SPDX-License-Identifier: MIT */
/* blocking - calls that block a thread block no goroutine but their own.
 *
 * Nothing need be said: the runtime finds out and runs the others elsewhere.
 * go_block says it beforehand, so that they need not wait until it has. */
#include <goroutine.h>
#include <stdio.h>
#include <unistd.h>

static void nap(int ms)
{
    usleep((unsigned)ms * 1000);
}

static void plain(void)
{
    nap(100);
}

static void announced(void)
{
    go_block(nap, 100);
}

static void measure(const char *what, void (*f)(void))
{
    enum { N = 100 };
    go_waitgroup wg = { 0 };
    int64_t start = go_now();
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, f);
    go_waitgroup_wait(&wg);
    printf("%d %s of 100 ms: %.0f ms together\n", N, what,
           (double)(go_now() - start) / GO_MILLISECOND);
}

int main(void)
{
    measure("plain naps", plain);
    measure("naps in go_block", announced);
}
