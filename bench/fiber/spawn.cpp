// SPDX-License-Identifier: MIT
// Spawn and exit: one fiber starts many, a wait group counts them.
#include "fibers.hpp"

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        bench::wait_group wg;
        const report_span start = report_start();
        for (long i = 0; i < n; i++)
            bench::start_in(wg, [] {});
        wg.wait();
        report_per_op("spawn", start, n);
    });
}
