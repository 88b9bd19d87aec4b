// SPDX-License-Identifier: MIT
// Round trips over two unbuffered channels while eight other fibers block their thread in the
// kernel, 1 ms each time: in the fiber's own thread, where they hold up all others; and told, by
// threads for just that, which the fibers wait for.  The first takes milliseconds for each trip,
// and makes few of them.
#include "fibers.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <sys/syscall.h>
#include <unistd.h>

constexpr int blockers = 8;

using channel = bench::fibers::unbuffered_channel<long>;

static std::atomic<bool> stop;

static void block()
{
    const timespec t = { 0, 1000000 };
    syscall(SYS_nanosleep, &t, nullptr);
}

static void block_here()
{
    while (!stop) {
        block();
        boost::this_fiber::yield();
    }
}

static void block_elsewhere(boost::asio::thread_pool &elsewhere)
{
    while (!stop) {
        bench::fibers::packaged_task<void()> task(block);
        bench::fibers::future<void> ended = task.get_future();
        boost::asio::post(elsewhere, std::move(task));
        ended.wait();
    }
}

static void echo(channel &in, channel &out)
{
    for (long v; in.pop(v) == bench::channel_op_status::success;)
        out.push(v + 1);
}

template <typename F> static void measure(const char *name, long n, F block_again)
{
    long sum = 0, v = 0;
    channel ping, pong;
    bench::wait_group wg;
    stop = false;
    for (int i = 0; i < blockers; i++)
        bench::start_in(wg, block_again);
    bench::start_in(wg, [&] { echo(ping, pong); });
    const report_span start = report_start();
    for (long i = 0; i < n; i++) {
        ping.push(i);
        pong.pop(v);
        sum += v;
    }
    report_per_op(name, start, n);
    if (sum != n * (n + 1) / 2)
        report_fail("%s: wrong sum %ld", name, sum);
    stop = true;
    ping.close();
    wg.wait();
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        boost::asio::thread_pool elsewhere(blockers);
        measure("blockping", std::max(n / 10000, 10L), block_here);
        measure("blockping.told", n, [&elsewhere] { block_elsewhere(elsewhere); });
    });
}
