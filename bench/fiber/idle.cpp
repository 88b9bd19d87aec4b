// SPDX-License-Identifier: MIT
// CPU time that a program uses while all its fibers wait.
#include "fibers.hpp"

#include <chrono>

constexpr int waiters = 1000;

int main(int argc, char **argv)
{
    const long millis = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [millis] {
        bench::fibers::unbuffered_channel<long> c;
        bench::wait_group wg;
        for (int i = 0; i < waiters; i++)
            bench::start_in(wg, [&c] {
                long v;
                c.pop(v);
            });
        boost::this_fiber::sleep_for(std::chrono::milliseconds(100));
        const std::int64_t before = report_cpu();
        boost::this_fiber::sleep_for(std::chrono::milliseconds(millis));
        std::printf("idle %.1f us/s\n",
                    static_cast<double>(report_cpu() - before) / static_cast<double>(millis));
        c.close();
        wg.wait();
    });
}
