// SPDX-License-Identifier: MIT
// A wait group: add and done by one fiber; and rounds in which eight fibers are started and
// waited for.  Boost.Fiber has none, this is ours; so few fibers are best posted.
#include "fibers.hpp"

constexpr int workers = 8;

static void alone(long n)
{
    bench::wait_group wg;
    const report_span start = report_start();
    for (long i = 0; i < n; i++) {
        wg.add(1);
        wg.done();
    }
    wg.wait();
    report_per_op("waitgroup", start, n);
}

static void rounds(long n)
{
    bench::wait_group wg;
    long done[workers] = {};
    const report_span start = report_start();
    for (long i = 0; i < n; i++) {
        for (long &d : done)
            bench::start_in(
                wg, [&d] { d++; }, bench::fibers::launch::post);
        wg.wait();
    }
    report_per_op("waitgroup.8", start, n);
    for (const long d : done)
        if (d != n)
            report_fail("waitgroup.8: %ld of %ld", d, n);
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        alone(n);
        rounds(n / 20);
    });
}
