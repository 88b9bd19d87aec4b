/* SPDX-License-Identifier: MIT */
/* The concurrent prime sieve: a chain of filters, one for each prime found. */
#include "report.h"

#include <goroutine.h>

static void generate(go_chan(long) out)
{
    for (long i = 2;; i++)
        go_send(out, i);
}

static void filter(go_chan(long) in, go_chan(long) out, long prime)
{
    for (;;) {
        long v;
        go_recv(in, &v);
        if (v % prime != 0)
            go_send(out, v);
    }
}

static bool is_prime(long v)
{
    for (long d = 2; d * d <= v; d++)
        if (v % d == 0)
            return false;
    return v > 1;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), prime = 0;
    struct report_span start = report_start();
    go_chan(long) in = go_make(long, 0);
    go(generate, in);
    for (long i = 0; i < n; i++) {
        go_recv(in, &prime);
        go_chan(long) out = go_make(long, 0);
        go(filter, in, out, prime);
        in = out;
    }
    report_millis("sieve", start);
    if (!is_prime(prime))
        report_fail("sieve: %ld is no prime", prime);
}
