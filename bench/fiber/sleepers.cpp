// SPDX-License-Identifier: MIT
// Many fibers sleep once, 1 ms to 1 s, no two alike: CPU time of it all, and how late they wake.
#include "fibers.hpp"

#include <chrono>
#include <vector>

// Not in the order in which they start.
static std::chrono::nanoseconds length(long i, long n)
{
    return std::chrono::nanoseconds(1000000 + 999000000 * (i * 7919 % n) / n);
}

static void sleep(std::chrono::nanoseconds d, std::int64_t &late)
{
    const std::int64_t due = report_clock() + d.count();
    boost::this_fiber::sleep_for(d);
    late = report_clock() - due;
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        std::vector<std::int64_t> late(static_cast<std::size_t>(n));
        bench::wait_group wg;
        const report_span start = report_start();
        for (long i = 0; i < n; i++)
            bench::start_in(
                wg, [d = length(i, n), &l = late[static_cast<std::size_t>(i)]] { sleep(d, l); });
        wg.wait();
        std::printf("sleepers.cpu %.1f ms\n", static_cast<double>(report_since(start).cpu) / 1e6);
        report_sort(late.data(), n);
        if (late.front() < 0)
            report_fail("sleepers: one woke %ld ns early", static_cast<long>(-late.front()));
        std::printf("sleepers.late %.2f us\n",
                    static_cast<double>(late[static_cast<std::size_t>(n) / 2]) / 1e3);
    });
}
