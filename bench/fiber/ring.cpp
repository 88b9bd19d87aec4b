// SPDX-License-Identifier: MIT
// A token goes round fibers, 1000 if not told otherwise, joined by unbuffered channels.
#include "fibers.hpp"

#include <memory>

using channel = bench::fibers::unbuffered_channel<long>;
using shared_channel = std::shared_ptr<channel>;

static void member(const shared_channel &in, const shared_channel &out)
{
    for (long v; in->pop(v) == bench::channel_op_status::success;)
        out->push(v + 1);
    out->close();
}

static void ring(long members, long laps)
{
    const shared_channel first = std::make_shared<channel>();
    shared_channel last = first;
    for (long i = 0; i < members - 1; i++) {
        const shared_channel next = std::make_shared<channel>();
        bench::start([last, next] { member(last, next); }).detach();
        last = next;
    }
    long token = 0;
    const report_span start = report_start();
    for (long i = 0; i < laps; i++) {
        first->push(token);
        last->pop(token);
        token++;
    }
    report_per_op("ring", start, laps * members);
    first->close();
    long end;
    if (last->pop(end) != bench::channel_op_status::closed || token != laps * members)
        report_fail("ring: wrong token %ld", token);
}

int main(int argc, char **argv)
{
    const long members = report_size(argc, argv, 1000), laps = report_count(argc, argv) / members;
    bench::run(bench::when_idle::sleep, [=] { ring(members, laps); });
}
