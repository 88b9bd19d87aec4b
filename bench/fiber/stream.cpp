// SPDX-License-Identifier: MIT
// One producer and one consumer through a buffer: of 1, of 16, of 128.  A buffered channel takes
// powers of two, from 2 on, and holds one element less.
#include "fibers.hpp"

using channel = bench::fibers::buffered_channel<long>;

static void measure(const char *name, std::size_t capacity, long n)
{
    long sum = 0, v;
    channel c(capacity);
    const report_span start = report_start();
    bench::fibers::fiber producer = bench::start([&c, n] {
        for (long i = 0; i < n; i++)
            c.push(i);
        c.close();
    });
    while (c.pop(v) == bench::channel_op_status::success)
        sum += v;
    report_per_op(name, start, n);
    if (sum != n * (n - 1) / 2)
        report_fail("%s: wrong sum %ld", name, sum);
    producer.join();
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        measure("stream.1", 2, n);
        measure("stream.16", 16, n);
        measure("stream.128", 128, n);
    });
}
