// SPDX-License-Identifier: MIT
// A server that sends back what it gets.
#include "server.hpp"

static void echo(bench::tcp::socket &socket)
{
    char buffer[4096];
    for (bench::error_code error;;) {
        const std::size_t n =
            socket.async_read_some(bench::asio::buffer(buffer), bench::await{ error });
        if (!error)
            bench::asio::async_write(socket, bench::asio::buffer(buffer, n), bench::await{ error });
        if (error)
            return;
    }
}

int main(int argc, char **argv)
{
    return bench::serve(argc, argv, echo);
}
