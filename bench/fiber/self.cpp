// SPDX-License-Identifier: MIT
// One fiber sends to itself through a channel that holds one element.
#include "fibers.hpp"

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        bench::fibers::buffered_channel<long> c(2);
        long sum = 0, v = 0;
        const report_span start = report_start();
        for (long i = 0; i < n; i++) {
            c.push(i);
            c.pop(v);
            sum += v;
        }
        report_per_op("self", start, n);
        if (sum != n * (n - 1) / 2)
            report_fail("self: wrong sum %ld", sum);
    });
}
