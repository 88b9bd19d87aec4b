// SPDX-License-Identifier: MIT
// A once that is done, and a value that has been computed.  Fibers have none of their own: these
// are the language's, whose first call may block the thread.
#include "fibers.hpp"

static std::once_flag flag;

static void nothing()
{
}

static long compute(long x)
{
    return x + 1;
}

static long value(long x)
{
    static const long computed = compute(x);
    return computed;
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        long sum = 0;
        report_span start = report_start();
        for (long i = 0; i < n; i++)
            std::call_once(flag, nothing);
        report_per_op("once", start, n);
        start = report_start();
        for (long i = 0; i < n; i++)
            sum += value(n);
        report_per_op("once.value", start, n);
        if (sum != n * (n + 1))
            report_fail("once: wrong sum %ld", sum);
    });
}
