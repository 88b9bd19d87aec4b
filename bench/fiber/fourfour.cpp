// SPDX-License-Identifier: MIT
// Four producers and four consumers through one buffer of 64.
#include "fibers.hpp"

constexpr int side = 4;

using channel = bench::fibers::buffered_channel<long>;

static void produce(channel &c, long n)
{
    for (long i = 0; i < n; i++)
        c.push(i);
}

static void consume(channel &c, long &result)
{
    long sum = 0;
    for (long v; c.pop(v) == bench::channel_op_status::success;)
        sum += v;
    result = sum;
}

int main(int argc, char **argv)
{
    const long each = report_count(argc, argv) / side;
    bench::run(bench::when_idle::sleep, [each] {
        channel c(64);
        bench::wait_group producers, consumers;
        long sums[side], sum = 0;
        const report_span start = report_start();
        for (int i = 0; i < side; i++) {
            bench::start_in(producers, [&c, each] { produce(c, each); });
            bench::start_in(consumers, [&c, &result = sums[i]] { consume(c, result); });
        }
        producers.wait();
        c.close();
        consumers.wait();
        for (const long s : sums)
            sum += s;
        report_per_op("fourfour", start, each * side);
        if (sum != side * (each * (each - 1) / 2))
            report_fail("fourfour: wrong sum %ld", sum);
    });
}
