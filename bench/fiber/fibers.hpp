// SPDX-License-Identifier: MIT
// What the programs on Boost.Fiber share: the schedulers, how a fiber is started, a wait group.
//
// One thread has the default scheduler, round_robin.  Several have work_stealing: shared_work is
// up to twice as fast where few fibers pass values, and ten times slower and more where many come
// and go, for it frees their stacks, and wakes sleepers, only when nothing else is ready.
//
// Stacks are of 16 KiB, from malloc and without guards: printf and the scheduler's frames need
// more than 8.  pooled_fixedsize_stack is no faster, and threads must not share its pool.
#pragma once

#include "report.h"

#include <boost/fiber/all.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <malloc.h>
#include <mutex>
#include <thread>
#include <utility>

namespace bench
{

namespace fibers = boost::fibers;

using fibers::channel_op_status;

// What a thread does that finds nothing to run.  One that sleeps wakes for fibers that it has run
// before, and never to steal: so one thread does nearly all of the work, and no value has to go
// from one to another.  One that spins steals, and takes a CPU.  A program has what is faster for
// it: only skynet gains by the second, elsewhere it is up to four times slower.
enum class when_idle { sleep, spin };

inline unsigned threads()
{
    const char *set = std::getenv("GOMAXPROCS");
    const long n = set ? std::strtol(set, nullptr, 10) : 0;
    return n > 0 ? static_cast<unsigned>(n) : std::thread::hardware_concurrency();
}

inline void take_part(unsigned n, when_idle idle)
{
    if (n > 1)
        fibers::use_scheduling_algorithm<fibers::algo::work_stealing>(n, idle == when_idle::sleep);
}

// Work for the thread that takes it, rather than for any.
inline fibers::buffered_channel<std::function<void()>> for_one_thread(1024);

inline void help(unsigned n, when_idle idle)
{
    take_part(n, idle);
    for (std::function<void()> work; for_one_thread.pop(work) == channel_op_status::success;)
        work();
}

constexpr std::size_t stack_size = 16 * 1024;

// Runs the new fiber at once, and the caller again after it: of many short fibers there are never
// many at a time.  With launch::post the caller goes on, which saves a switch.
template <typename F> fibers::fiber start(F &&body, fibers::launch order = fibers::launch::dispatch)
{
    return fibers::fiber(order, std::allocator_arg, fibers::fixedsize_stack(stack_size),
                         std::forward<F>(body));
}

// Runs body as a fiber that any thread may run, and ends the program with it, whatever fibers
// there still are.
template <typename F> [[noreturn]] void run(when_idle idle, F &&body)
{
    // Stacks that are free stay with the process: they are needed again soon.
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
    const unsigned n = threads();
    for (unsigned i = 1; i < n; i++)
        std::thread(help, n, idle).detach();
    take_part(n, idle);
    // Until those that sleep do so: else one may steal the first fiber that there is, and two
    // that speak to each other stay on two threads by chance, fifty times slower.
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    start(std::forward<F>(body)).join();
    std::fflush(nullptr);
    std::_Exit(0);
}

// Counts up to any number and down to none, which wait() waits for.  Only the last to be done
// takes the mutex.
class wait_group
{
  public:
    void add(long n)
    {
        left.fetch_add(n, std::memory_order_relaxed);
    }

    void done()
    {
        long n = left.load(std::memory_order_relaxed);
        while (n > 1)
            if (left.compare_exchange_weak(n, n - 1, std::memory_order_release))
                return;
        // Under the mutex, so that whoever sees none left may end the life of this.
        const std::lock_guard<fibers::mutex> hold(mutex);
        if (left.fetch_sub(1, std::memory_order_acq_rel) == 1)
            none_left.notify_all();
    }

    void wait()
    {
        std::unique_lock<fibers::mutex> hold(mutex);
        none_left.wait(hold, [this] { return left.load(std::memory_order_acquire) == 0; });
    }

  private:
    std::atomic<long> left{ 0 };
    fibers::mutex mutex;
    fibers::condition_variable none_left;
};

// Starts a fiber that wg counts.
template <typename F>
void start_in(wait_group &wg, F body, fibers::launch order = fibers::launch::dispatch)
{
    wg.add(1);
    start(
        [&wg, body]() mutable {
            body();
            wg.done();
        },
        order)
        .detach();
}

// Runs body once on each thread, by fibers that stay there.
template <typename F> void on_each_thread(wait_group &wg, F body)
{
    const auto counted = [&wg, body] {
        body();
        wg.done();
    };
    wg.add(threads());
    for (unsigned i = 1; i < threads(); i++)
        for_one_thread.push(counted);
    counted();
}

} // namespace bench
