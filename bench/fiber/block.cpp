// SPDX-License-Identifier: MIT
// Fibers that each block a thread for 100 ms in the kernel: not their own, which all others need,
// but one that each starts for it.
#include "fibers.hpp"

#include <unistd.h>

static void block()
{
    usleep(100000);
}

static void block_elsewhere()
{
    bench::fibers::packaged_task<void()> task(block);
    bench::fibers::future<void> ended = task.get_future();
    std::thread(std::move(task)).detach();
    ended.wait();
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        bench::wait_group wg;
        const report_span start = report_start();
        for (long i = 0; i < n; i++)
            bench::start_in(wg, block_elsewhere);
        wg.wait();
        report_millis("block", start);
    });
}
