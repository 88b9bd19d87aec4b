// SPDX-License-Identifier: MIT
// Servers: fibers that wait for sockets by Boost.Asio.
//
// Each thread has an io_context and a scheduler of its own, and what it accepted it keeps: a
// connection never changes threads.  When no fiber of a thread is ready, its scheduler runs the
// io_context, whose handlers make fibers ready again.
#pragma once

#include "fibers.hpp"

#include <boost/asio.hpp>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace bench
{

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class io_scheduler : public fibers::algo::algorithm
{
  public:
    explicit io_scheduler(asio::io_context &context)
        : io(context), forever(asio::make_work_guard(context))
    {
    }

    void awakened(fibers::context *fiber) noexcept override
    {
        fiber->ready_link(ready);
    }

    fibers::context *pick_next() noexcept override
    {
        if (ready.empty())
            return nullptr;
        fibers::context *first = &ready.front();
        ready.pop_front();
        return first;
    }

    bool has_ready_fibers() const noexcept override
    {
        return !ready.empty();
    }

    void suspend_until(const std::chrono::steady_clock::time_point &until) noexcept override
    {
        if (until == std::chrono::steady_clock::time_point::max())
            io.run_one();
        else
            io.run_one_until(until);
    }

    // Another thread has made a fiber of this one ready.
    void notify() noexcept override
    {
        asio::post(io, [] {});
    }

  private:
    asio::io_context &io;
    asio::executor_work_guard<asio::io_context::executor_type> forever;
    fibers::scheduler::ready_queue_type ready;
};

// In the place of a handler: the fiber waits, the call returns what the handler would be given,
// and the error stands here.
struct await {
    error_code &error;
};

} // namespace bench

template <>
class boost::asio::async_result<bench::await, void(boost::system::error_code, std::size_t)>
{
  public:
    using return_type = std::size_t;

    template <typename Operation, typename... Arguments>
    static std::size_t initiate(Operation &&operation, bench::await await, Arguments &&...arguments)
    {
        std::size_t result = 0;
        boost::fibers::context *const self = boost::fibers::context::active();
        // Runs on this thread, in suspend_until: after the fiber has been suspended.
        const auto resume = [self, &await, &result](boost::system::error_code error,
                                                    std::size_t n) {
            await.error = error;
            result = n;
            boost::fibers::context::active()->schedule(self);
        };
        std::forward<Operation>(operation)(resume, std::forward<Arguments>(arguments)...);
        self->suspend();
        return result;
    }
};

namespace bench
{

inline void run_connections(asio::io_context &io)
{
    fibers::use_scheduling_algorithm<io_scheduler>(io);
    fibers::barrier never(2);
    never.wait();
}

// HOST:PORT; port 0 is one that is free.
inline tcp::endpoint endpoint_of(const char *address)
{
    const char *colon = std::strrchr(address, ':');
    if (!colon)
        report_fail("%s: not HOST:PORT", address);
    return { asio::ip::make_address(std::string(address, colon)),
             static_cast<unsigned short>(std::strtoul(colon + 1, nullptr, 10)) };
}

// The caller's thread does nothing but accept, and gives each connection to the next of the
// others, where it is handled by a fiber.
template <typename F> void accept_for_ever(tcp::acceptor &acceptor, F handle)
{
    std::vector<std::unique_ptr<asio::io_context>> contexts(threads());
    for (std::unique_ptr<asio::io_context> &io : contexts) {
        io = std::make_unique<asio::io_context>(1);
        std::thread(run_connections, std::ref(*io)).detach();
    }
    for (std::size_t next = 0;; next = (next + 1) % contexts.size()) {
        asio::io_context &io = *contexts[next];
        error_code error;
        tcp::socket socket(io);
        acceptor.accept(socket, error);
        if (error) { // no descriptor left, most likely: some will be
            std::fprintf(stderr, "accept: %s\n", error.message().c_str());
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        asio::post(io, [handle, s = std::move(socket)]() mutable {
            start([handle, s = std::move(s)]() mutable { handle(s); }, fibers::launch::post)
                .detach();
        });
    }
}

// Serves the address of the command line, or any free one, until a signal ends the program.
template <typename F> int serve(int argc, char **argv, F handle)
try {
    asio::io_context io;
    tcp::acceptor acceptor(io, endpoint_of(argc > 1 ? argv[1] : "127.0.0.1:0"));
    const tcp::endpoint at = acceptor.local_endpoint();
    std::printf("listening on %s:%d\n", at.address().to_string().c_str(), at.port());
    std::fflush(stdout);
    accept_for_ever(acceptor, handle);
    return 0;
} catch (const boost::system::system_error &e) {
    std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
    return 1;
}

} // namespace bench
