// SPDX-License-Identifier: MIT
// An HTTP server, by llhttp: a greeting at /, what was posted comes back from /echo.
#include "server.hpp"

#include <ctime>
#include <llhttp.h>
#include <unordered_set>

namespace
{

constexpr std::size_t longest_target = 8 * 1024, longest_body = 1024 * 1024;
constexpr std::time_t patience = 60;

// One connection: the request that is being read, and the answers that have not been sent.
class connection
{
  public:
    explicit connection(bench::tcp::socket &s) : socket(s)
    {
        llhttp_init(&parser, HTTP_REQUEST, &callbacks());
        parser.data = this;
        open().insert(this);
    }

    ~connection()
    {
        open().erase(this);
    }

    connection(const connection &) = delete;
    connection &operator=(const connection &) = delete;

    void run()
    {
        char input[4096];
        while (!last) {
            bench::error_code error;
            heard = std::time(nullptr);
            const std::size_t n =
                socket.async_read_some(bench::asio::buffer(input), bench::await{ error });
            if (error)
                return;
            if (llhttp_execute(&parser, input, n) != HPE_OK && !last)
                refuse();
            bench::asio::async_write(socket, bench::asio::buffer(output), bench::await{ error });
            if (error)
                return;
            output.clear();
        }
        bench::error_code ignored;
        socket.shutdown(bench::tcp::socket::shutdown_send, ignored);
    }

    // Ends those of this thread that have said nothing for too long.
    static void end_silent()
    {
        const std::time_t now = std::time(nullptr);
        for (connection *c : open())
            if (now - c->heard > patience)
                c->socket.cancel();
    }

  private:
    static std::unordered_set<connection *> &open()
    {
        thread_local std::unordered_set<connection *> here;
        return here;
    }

    static connection &of(llhttp_t *parser)
    {
        return *static_cast<connection *>(parser->data);
    }

    static int on_begin(llhttp_t *parser)
    {
        of(parser).target.clear();
        of(parser).body.clear();
        return 0;
    }

    static int on_url(llhttp_t *parser, const char *at, std::size_t n)
    {
        return of(parser).append(of(parser).target, longest_target, at, n, "414 URI Too Long");
    }

    static int on_body(llhttp_t *parser, const char *at, std::size_t n)
    {
        return of(parser).append(of(parser).body, longest_body, at, n, "413 Content Too Large");
    }

    static int on_complete(llhttp_t *parser)
    {
        connection &c = of(parser);
        c.last = !llhttp_should_keep_alive(parser);
        c.answer_request();
        return c.last ? HPE_PAUSED : 0;
    }

    static const llhttp_settings_t &callbacks()
    {
        static const llhttp_settings_t these = [] {
            llhttp_settings_t s;
            llhttp_settings_init(&s);
            s.on_message_begin = on_begin;
            s.on_url = on_url;
            s.on_body = on_body;
            s.on_message_complete = on_complete;
            return s;
        }();
        return these;
    }

    int append(std::string &to, std::size_t most, const char *at, std::size_t n, const char *status)
    {
        if (to.size() + n > most) {
            problem = status;
            return HPE_USER;
        }
        to.append(at, n);
        return 0;
    }

    void refuse()
    {
        last = true;
        answer(problem, "text/plain", "refused\n");
    }

    void answer_request()
    {
        if (parser.method == HTTP_POST && target == "/echo")
            answer("200 OK", "application/octet-stream", body);
        else if ((parser.method == HTTP_GET || parser.method == HTTP_HEAD) && target == "/")
            answer("200 OK", "text/plain", "Hello, world!\n");
        else
            answer("404 Not Found", "text/plain", "Not Found\n");
    }

    void answer(const char *status, const char *type, const std::string &content)
    {
        output.append("HTTP/1.1 ").append(status).append("\r\nDate: ").append(date());
        output.append("\r\nContent-Type: ").append(type).append("\r\nContent-Length: ");
        output.append(std::to_string(content.size()));
        if (last)
            output.append("\r\nConnection: close");
        else if (parser.http_minor == 0)
            output.append("\r\nConnection: keep-alive");
        output.append("\r\n\r\n");
        if (parser.method != HTTP_HEAD)
            output.append(content);
    }

    // As text, made once a second.
    static const char *date()
    {
        thread_local std::time_t made = 0;
        thread_local char text[64];
        const std::time_t now = std::time(nullptr);
        if (now != made) {
            std::tm t;
            gmtime_r(&now, &t);
            std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &t);
            made = now;
        }
        return text;
    }

    bench::tcp::socket &socket;
    llhttp_t parser;
    std::string target, body, output;
    const char *problem = "400 Bad Request";
    std::time_t heard = 0;
    bool last = false;
};

} // namespace

// One fiber for each thread, from its first connection on.
static void watch_patience()
{
    thread_local bool watched = false;
    if (watched)
        return;
    watched = true;
    bench::start([] {
        for (;;) {
            boost::this_fiber::sleep_for(std::chrono::seconds(1));
            connection::end_silent();
        }
    }).detach();
}

int main(int argc, char **argv)
{
    return bench::serve(argc, argv, [](bench::tcp::socket &socket) {
        watch_patience();
        connection(socket).run();
    });
}
