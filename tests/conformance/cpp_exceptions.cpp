// SPDX-License-Identifier: MIT
// Exceptions belong to the goroutine that throws them: thrown, caught, nested, rethrown and
// looked at while many others do the same on the same threads, parking, yielding and
// losing their P inside the catch blocks and in destructors that unwinding runs.
#include "check.h"

#include <exception>
#include <goroutine.h>
#include <stdexcept>
#include <string>
#include <unistd.h>

static void move_on(int v)
{
    if (v % 16 == 0)
        usleep(100); // long enough for the P to be taken
    go_yield();
}

struct parks {
    int v;
    ~parks()
    {
        CHECK_EQ(std::uncaught_exceptions(), 1);
        move_on(v);
        CHECK_EQ(std::uncaught_exceptions(), 1);
        try { // while one is on its way
            throw std::to_string(v);
        } catch (const std::string &s) {
            CHECK_EQ(std::uncaught_exceptions(), 1);
            move_on(v + 1);
            CHECK_EQ(std::stoi(s), v);
        }
        CHECK_EQ(std::uncaught_exceptions(), 1);
    }
};

static void throws(int v)
{
    parks p{ v };
    throw std::runtime_error(std::to_string(v));
}

static int value(const std::exception_ptr &p)
{
    try {
        std::rethrow_exception(p);
    } catch (const std::exception &e) {
        return std::stoi(e.what());
    }
}

static void nested(int v)
{
    try {
        throws(v);
    } catch (const std::exception &e) {
        std::exception_ptr outer = std::current_exception();
        move_on(v);
        try {
            throws(v + 1);
        } catch (const std::exception &f) {
            move_on(v);
            CHECK_EQ(std::stoi(f.what()), v + 1);
            CHECK_EQ(value(std::current_exception()), v + 1);
        }
        CHECK(std::current_exception() == outer);
        CHECK_EQ(std::stoi(e.what()), v);
        move_on(v + 2);
        throw; // the first one, on another thread than it came from
    }
}

static void body(go_chan(int) c, int v)
{
    for (int i = 0; i < 3; i++) {
        try {
            nested(v);
            CHECK(!"it was rethrown");
        } catch (const std::runtime_error &e) {
            go_send(c, v);
            CHECK_EQ(std::stoi(e.what()), v);
        }
        CHECK(std::current_exception() == nullptr);
        CHECK_EQ(std::uncaught_exceptions(), 0);
    }
}

int main()
{
    int n = test_scale(1500, 100);
    go_maxprocs(4);
    go_chan(int) c = go_make(int, 0);
    go_waitgroup wg = {};
    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, body, c, i);
    for (int i = 0; i < 3 * n; i++)
        CHECK(go_recv(c, nullptr));
    go_waitgroup_wait(&wg);
    go_drop(c);
}
