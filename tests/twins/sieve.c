/* SPDX-License-Identifier: MIT */
/* Prime sieve: every prime is a goroutine that drops its own multiples. */
#include <goroutine.h>
#include <stdio.h>

/* generate sends 2, 3, 4, ... for ever. */
static void generate(go_chan(int) out)
{
    for (int i = 2;; i++)
        go_send(out, i);
}

/* filter passes on what prime does not divide. */
static void filter(go_chan(int) in, go_chan(int) out, int prime)
{
    for (;;) {
        int i;
        go_recv(in, &i);
        if (i % prime != 0)
            go_send(out, i);
    }
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(generate, c);

    for (int i = 0; i < 30; i++) {
        int prime;
        go_recv(c, &prime);
        printf("%d\n", prime);
        go_chan(int) next = go_make(int, 0);
        go(filter, c, next, prime);
        c = next;
    }
} /* the program ends with main, whatever the goroutines do */
