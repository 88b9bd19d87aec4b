// SPDX-License-Identifier: MIT
// Spawn and exit in parallel: one spawner for each thread, each with a wait group.
#include "fibers.hpp"

static void spawn(long n)
{
    bench::wait_group wg;
    for (long i = 0; i < n; i++)
        bench::start_in(wg, [] {});
    wg.wait();
}

int main(int argc, char **argv)
{
    const long threads = bench::threads(), each = report_count(argc, argv) / threads;
    bench::run(bench::when_idle::sleep, [=] {
        bench::wait_group all;
        const report_span start = report_start();
        bench::on_each_thread(all, [each] { spawn(each); });
        all.wait();
        report_per_op("spawnpar", start, each * threads);
    });
}
