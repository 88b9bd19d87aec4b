// SPDX-License-Identifier: MIT
// Skynet: a tree of fibers, ten children each, sums its leaves' numbers.  With room for all ten
// sums no child waits for its parent: a buffered channel is the better one here.
#include "fibers.hpp"

constexpr int children = 10;

using channel = bench::fibers::buffered_channel<long>;

static void node(channel &up, long first, long leaves)
{
    if (leaves == 1) {
        up.push(first);
        return;
    }
    channel sums(16);
    const long part = leaves / children;
    for (int i = 0; i < children; i++)
        bench::start([&sums, part, from = first + i * part] { node(sums, from, part); }).detach();
    long sum = 0, v;
    for (int i = 0; i < children; i++) {
        sums.pop(v);
        sum += v;
    }
    up.push(sum);
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::spin, [n] {
        channel root(2);
        long sum;
        const report_span start = report_start();
        bench::start([&root, n] { node(root, 0, n); }).detach();
        root.pop(sum);
        report_millis("skynet", start);
        if (sum != n * (n - 1) / 2)
            report_fail("skynet: wrong sum %ld", sum);
    });
}
