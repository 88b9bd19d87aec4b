// SPDX-License-Identifier: MIT
// The memory of parked fibers, page tables included.
#include "fibers.hpp"

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        bench::fibers::buffered_channel<long> c(2);
        bench::wait_group started, ended;
        const long before = report_resident();
        const report_span start = report_start();
        for (long i = 0; i < n; i++) {
            started.add(1);
            bench::start_in(ended, [&] {
                long v;
                started.done();
                c.pop(v);
            });
        }
        started.wait();
        report_per_op("parked.spawn", start, n);
        std::printf("parked %.1f B\n",
                    static_cast<double>(report_resident() - before) / static_cast<double>(n));
        c.close();
        ended.wait();
    });
}
