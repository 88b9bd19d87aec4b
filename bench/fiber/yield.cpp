// SPDX-License-Identifier: MIT
// Four fibers that do nothing but yield.
#include "fibers.hpp"

constexpr int workers = 4;

int main(int argc, char **argv)
{
    const long each = report_count(argc, argv) / workers;
    bench::run(bench::when_idle::sleep, [each] {
        bench::wait_group wg;
        const report_span start = report_start();
        for (int i = 0; i < workers; i++)
            bench::start_in(wg, [each] {
                for (long k = 0; k < each; k++)
                    boost::this_fiber::yield();
            });
        wg.wait();
        report_per_op("yield", start, each * workers);
    });
}
