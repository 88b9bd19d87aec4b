// SPDX-License-Identifier: MIT
// A plain thread and a fiber wake each other, over channels of one element, while nothing else
// runs.
#include "fibers.hpp"

using channel = bench::fibers::buffered_channel<long>;

static void echo(channel &in, channel &out)
{
    for (long v; in.pop(v) == bench::channel_op_status::success;)
        out.push(v + 1);
    out.close();
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        channel ping(2), pong(2);
        long sum = 0, v = 0;
        std::thread thread([&] { echo(ping, pong); });
        const report_span start = report_start();
        for (long i = 0; i < n; i++) {
            ping.push(i);
            pong.pop(v);
            sum += v;
        }
        report_micros_per_op("wake", start, n);
        ping.close();
        if (pong.pop(v) != bench::channel_op_status::closed || sum != n * (n + 1) / 2)
            report_fail("wake: wrong sum %ld", sum);
        thread.join();
    });
}
