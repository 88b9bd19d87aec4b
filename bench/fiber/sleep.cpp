// SPDX-License-Identifier: MIT
// How late a sleep of 1 ms ends when nothing else runs.
#include "fibers.hpp"

#include <chrono>
#include <vector>

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        std::vector<std::int64_t> late(static_cast<std::size_t>(n));
        for (std::int64_t &l : late) {
            const std::int64_t start = report_clock();
            boost::this_fiber::sleep_for(std::chrono::milliseconds(1));
            l = report_clock() - start - 1000000;
        }
        report_delays("sleep", late.data(), n);
    });
}
