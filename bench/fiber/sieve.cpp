// SPDX-License-Identifier: MIT
// The concurrent prime sieve: a chain of filters, one for each prime found.
#include "fibers.hpp"

#include <memory>

using channel = bench::fibers::unbuffered_channel<long>;
using shared_channel = std::shared_ptr<channel>;

static void generate(const shared_channel &out)
{
    for (long i = 2;; i++)
        out->push(i);
}

static void filter(const shared_channel &in, const shared_channel &out, long prime)
{
    for (;;) {
        long v;
        in->pop(v);
        if (v % prime != 0)
            out->push(v);
    }
}

static bool is_prime(long v)
{
    for (long d = 2; d * d <= v; d++)
        if (v % d == 0)
            return false;
    return v > 1;
}

static void sieve(long n)
{
    long prime = 0;
    const report_span start = report_start();
    shared_channel in = std::make_shared<channel>();
    bench::start([in] { generate(in); }).detach();
    for (long i = 0; i < n; i++) {
        in->pop(prime);
        const shared_channel out = std::make_shared<channel>();
        bench::start([in, out, prime] { filter(in, out, prime); }).detach();
        in = out;
    }
    report_millis("sieve", start);
    if (!is_prime(prime))
        report_fail("sieve: %ld is no prime", prime);
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] { sieve(n); });
}
