// SPDX-License-Identifier: MIT
// Round trips of two fibers over two unbuffered channels; or of many such pairs, which share
// the count.
#include "fibers.hpp"

using channel = bench::fibers::unbuffered_channel<long>;

static void echo(channel &in, channel &out)
{
    for (long v; in.pop(v) == bench::channel_op_status::success;)
        out.push(v + 1);
    out.close();
}

static void pair(long n)
{
    long sum = 0, v = 0;
    channel ping, pong;
    bench::fibers::fiber other = bench::start([&] { echo(ping, pong); });
    for (long i = 0; i < n; i++) {
        ping.push(i);
        pong.pop(v);
        sum += v;
    }
    ping.close();
    if (pong.pop(v) != bench::channel_op_status::closed || sum != n * (n + 1) / 2)
        report_fail("pingpong: wrong sum %ld", sum);
    other.join();
}

int main(int argc, char **argv)
{
    const long pairs = report_size(argc, argv, 1), each = report_count(argc, argv) / pairs;
    bench::run(bench::when_idle::sleep, [=] {
        bench::wait_group wg;
        const report_span start = report_start();
        for (long i = 0; i < pairs; i++)
            bench::start_in(wg, [each] { pair(each); });
        wg.wait();
        report_per_op("pingpong", start, each * pairs);
    });
}
