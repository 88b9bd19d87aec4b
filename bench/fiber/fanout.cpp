// SPDX-License-Identifier: MIT
// Fan out and join: a spawner for each thread starts fibers by the hundred and waits for each
// hundred.  So few at a time are best posted: a switch less for each.
#include "fibers.hpp"

constexpr int batch = 100;

static void spawn(long batches)
{
    bench::wait_group wg;
    for (long b = 0; b < batches; b++) {
        for (int i = 0; i < batch; i++)
            bench::start_in(
                wg, [] {}, bench::fibers::launch::post);
        wg.wait();
    }
}

int main(int argc, char **argv)
{
    const long threads = bench::threads(), batches = report_count(argc, argv) / threads / batch;
    bench::run(bench::when_idle::sleep, [=] {
        bench::wait_group all;
        const report_span start = report_start();
        bench::on_each_thread(all, [batches] { spawn(batches); });
        all.wait();
        report_per_op("fanout", start, threads * batches * batch);
    });
}
