/* SPDX-License-Identifier: MIT */
/* A loop that starts a goroutine for each request, never with more than ten at a time.
 * A recursive program ends all the same: where all wait for ones that have yet to
 * start, the limit gives way. */
#include <goroutine.h>
#include <stdio.h>

static int most; /* main's */

static void serve(int i)
{
    go_sleep(i % 3 * GO_MILLISECOND);
}

static void fib(int n, int *result)
{
    int a = n, b = 0;
    if (n > 1) {
        go_waitgroup wg = { 0 };
        go_waitgroup_go(&wg, fib, n - 1, &a);
        go_waitgroup_go(&wg, fib, n - 2, &b);
        go_waitgroup_wait(&wg);
    }
    *result = a + b;
}

int main(void)
{
    int f;
    go_set_limit(11); /* main is one of them */
    for (int i = 0; i < 200; i++) {
        go(serve, i);
        int live = (int)go_count();
        most = live > most ? live : most;
    }
    printf("at most %d served at once\n", most - 1);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    fib(12, &f);
    printf("fib(12) = %d\n", f);
    return f != 144;
}
