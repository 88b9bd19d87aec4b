// SPDX-License-Identifier: MIT
// Eight fibers, some 300 ns of work inside the mutex and as much outside.
#include "fibers.hpp"

constexpr int workers = 8, steps = 300;

static bench::fibers::mutex mutex;
static std::uint64_t inside;

// A chain of dependent additions and shifts: about a nanosecond each.
static std::uint64_t work(std::uint64_t x)
{
    for (int i = 0; i < steps; i++) {
        x += x << 1 | 1;
        x ^= x >> 7;
    }
    return x;
}

static void count(long n, std::uint64_t &outside)
{
    std::uint64_t x = outside;
    for (long i = 0; i < n; i++) {
        {
            const std::lock_guard<bench::fibers::mutex> hold(mutex);
            inside = work(inside);
        }
        x = work(x);
    }
    outside = x;
}

static void check(const std::uint64_t *outside, long each)
{
    std::uint64_t want = 0;
    for (long i = 0; i < each; i++)
        want = work(want);
    for (int i = 0; i < workers; i++)
        if (outside[i] != want)
            report_fail("mutexwork: wrong result");
}

int main(int argc, char **argv)
{
    const long each = report_count(argc, argv) / workers;
    bench::run(bench::when_idle::sleep, [each] {
        std::uint64_t outside[workers] = {};
        bench::wait_group wg;
        const report_span start = report_start();
        for (std::uint64_t &x : outside)
            bench::start_in(wg, [&x, each] { count(each, x); });
        wg.wait();
        report_per_op("mutexwork", start, each * workers);
        check(outside, each);
    });
}
