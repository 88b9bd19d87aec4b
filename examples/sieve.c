/* SPDX-License-Identifier: MIT */
/* sieve - primes by a growing chain of goroutines.
 *
 * Each link knows one prime and lets pass what it does not divide. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

static void generate(go_chan(int) out)
{
    for (int i = 2;; i++)
        go_send(out, i);
}

static void filter(go_chan(int) in, go_chan(int) out, int prime)
{
    int i;
    while (go_recv(in, &i))
        if (i % prime != 0)
            go_send(out, i);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 100, prime;
    go_chan(int) c = go_make(int, 0);
    go(generate, c);
    for (int i = 0; i < n; i++) {
        go_recv(c, &prime);
        printf("%d%c", prime, i % 10 == 9 || i == n - 1 ? '\n' : ' ');
        go_chan(int) next = go_make(int, 0);
        go(filter, c, next, prime);
        c = next;
    }
}
