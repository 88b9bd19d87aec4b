// SPDX-License-Identifier: MIT
// Eight fibers count under one mutex; and one, whom nobody disturbs.
#include "fibers.hpp"

constexpr int workers = 8;

static bench::fibers::mutex mutex;
static long total;

static void measure(const char *name, int fibers, long n)
{
    const long each = n / fibers;
    bench::wait_group wg;
    total = 0;
    const report_span start = report_start();
    for (int i = 0; i < fibers; i++)
        bench::start_in(wg, [each] {
            for (long k = 0; k < each; k++) {
                const std::lock_guard<bench::fibers::mutex> hold(mutex);
                total++;
            }
        });
    wg.wait();
    report_per_op(name, start, each * fibers);
    if (total != each * fibers)
        report_fail("%s: wrong total %ld", name, total);
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        measure("mutex", workers, n);
        measure("mutex.one", 1, n);
    });
}
