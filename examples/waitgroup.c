/* SPDX-License-Identifier: MIT */
/* waitgroup - start many, wait for all: a sum in parts. */
#include <goroutine.h>
#include <stdio.h>

enum { PARTS = 8, N = 1000000 };

static void sum_of_squares(long from, long to, double *out)
{
    double sum = 0;
    for (long i = from; i < to; i++)
        sum += (double)i * (double)i;
    *out = sum;
}

int main(void)
{
    double part[PARTS], sum = 0; /* each part has one writer, then main */
    go_waitgroup wg = { 0 };
    for (long i = 0; i < PARTS; i++)
        go_waitgroup_go(&wg, sum_of_squares, i * N / PARTS, (i + 1) * N / PARTS, &part[i]);
    go_waitgroup_wait(&wg);

    for (int i = 0; i < PARTS; i++)
        sum += part[i];
    printf("sum of the first %d squares: %.0f\n", N, sum);
    return sum < 3.3e17 || sum > 3.4e17;
}
