// SPDX-License-Identifier: MIT
// Eight fibers read under one lock for readers and writers; one alone; and with a writer now and
// then.  Boost.Fiber has no such lock: this one is made of what it has, and a writer who waits
// holds up new readers, as Go's does.
#include "fibers.hpp"

#include <shared_mutex>

constexpr int workers = 8, write_every = 1000;

namespace
{

class shared_mutex
{
  public:
    void lock()
    {
        std::unique_lock<bench::fibers::mutex> hold(mutex);
        writers_waiting++;
        for_writers.wait(hold, [this] { return !written && readers == 0; });
        writers_waiting--;
        written = true;
    }

    void unlock()
    {
        const std::lock_guard<bench::fibers::mutex> hold(mutex);
        written = false;
        if (writers_waiting)
            for_writers.notify_one();
        for_readers.notify_all();
    }

    void lock_shared()
    {
        std::unique_lock<bench::fibers::mutex> hold(mutex);
        for_readers.wait(hold, [this] { return !written && !writers_waiting; });
        readers++;
    }

    void unlock_shared()
    {
        const std::lock_guard<bench::fibers::mutex> hold(mutex);
        if (--readers == 0 && writers_waiting)
            for_writers.notify_one();
    }

  private:
    bench::fibers::mutex mutex;
    bench::fibers::condition_variable for_readers, for_writers;
    long readers = 0, writers_waiting = 0;
    bool written = false;
};

} // namespace

static shared_mutex mutex;
static long a, b;

static void read()
{
    const std::shared_lock<shared_mutex> hold(mutex);
    if (a != b)
        report_fail("rwread: a reader beside a writer");
}

static void write()
{
    const std::lock_guard<shared_mutex> hold(mutex);
    a++;
    b++;
}

static void read_only(long n)
{
    for (long i = 0; i < n; i++)
        read();
}

static void read_mostly(long n)
{
    for (long i = 0; i < n; i++) {
        if (i % write_every == 0)
            write();
        else
            read();
    }
}

static void measure(const char *name, int fibers, void (*f)(long), long n)
{
    const long each = n / fibers;
    bench::wait_group wg;
    const report_span start = report_start();
    for (int i = 0; i < fibers; i++)
        bench::start_in(wg, [f, each] { f(each); });
    wg.wait();
    report_per_op(name, start, each * fibers);
}

int main(int argc, char **argv)
{
    const long n = report_count(argc, argv);
    bench::run(bench::when_idle::sleep, [n] {
        measure("rwread", workers, read_only, n);
        measure("rwread.one", 1, read_only, n);
        measure("rwread.mostly", workers, read_mostly, n);
    });
}
