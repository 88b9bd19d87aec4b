/* SPDX-License-Identifier: MIT */
/* once_value - what is needed by many and dear to compute, computed by the first. */
#include <goroutine.h>
#include <stdio.h>

enum { LIMIT = 100000 };

struct primes {
    int count, largest;
};

static struct primes count_primes(int below)
{
    static char composite[LIMIT];
    struct primes p = { 0, 0 };
    printf("computing\n");
    for (int i = 2; i < below; i++) {
        if (composite[i])
            continue;
        p.count++;
        p.largest = i;
        for (int k = 2 * i; k < below; k += i)
            composite[k] = 1;
    }
    return p;
}

static go_once_value(struct primes) primes;
static go_once_func greeting;

static void ask(int32_t *sum)
{
    go_once_call(&greeting, puts, "somebody asks");
    go_atomic_add(sum, go_once_get(&primes, count_primes, LIMIT).count);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    int32_t sum = 0;
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, ask, &sum);
    go_waitgroup_wait(&wg);
    struct primes p = go_once_get(&primes, count_primes, LIMIT);
    printf("%d primes, the largest %d; told 10 times: %s\n", p.count, p.largest,
           sum == 10 * p.count ? "yes" : "no");
    return sum != 10 * p.count;
}
