// SPDX-License-Identifier: MIT
// A weighted semaphore: without contention, and eight fibers that want 1 to 3 of 4.  Boost.Fiber
// has none: this one is made of what it has, first come, first served.
#include "fibers.hpp"

#include <deque>

constexpr int workers = 8, size = 4;

namespace
{

class weighted
{
  public:
    explicit weighted(long n) : left(n)
    {
    }

    void acquire(long n)
    {
        std::unique_lock<bench::fibers::mutex> hold(mutex);
        if (waiters.empty() && left >= n) {
            left -= n;
            return;
        }
        waiter own(n);
        waiters.push_back(&own);
        own.changed.wait(hold, [&own] { return own.served; });
    }

    void release(long n)
    {
        const std::lock_guard<bench::fibers::mutex> hold(mutex);
        left += n;
        while (!waiters.empty() && left >= waiters.front()->wanted) {
            waiter &first = *waiters.front();
            waiters.pop_front();
            left -= first.wanted;
            first.served = true;
            first.changed.notify_one();
        }
    }

  private:
    struct waiter {
        explicit waiter(long n) : wanted(n)
        {
        }
        long wanted;
        bool served = false;
        bench::fibers::condition_variable changed;
    };

    bench::fibers::mutex mutex;
    std::deque<waiter *> waiters;
    long left;
};

} // namespace

static weighted sema(size);
static std::atomic<long> out;

static void use(long n)
{
    for (long i = 0; i < n; i++) {
        const long want = 1 + i % 3;
        sema.acquire(want);
        if (out.fetch_add(want) + want > size)
            report_fail("sema: too many out");
        out.fetch_sub(want);
        sema.release(want);
    }
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv), each = n / 10 / workers;
    bench::run(bench::when_idle::sleep, [=] {
        report_span start = report_start();
        for (long i = 0; i < n; i++) {
            sema.acquire(2);
            sema.release(2);
        }
        report_per_op("sema", start, n);
        bench::wait_group wg;
        start = report_start();
        for (int i = 0; i < workers; i++)
            bench::start_in(wg, [each] { use(each); });
        wg.wait();
        report_per_op("sema.contended", start, each * workers);
    });
}
