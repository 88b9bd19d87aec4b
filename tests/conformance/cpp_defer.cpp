// SPDX-License-Identifier: MIT
// panic.h in C++: an exception runs the deferred calls that it passes, and passes go_recover;
// a deferred call may throw where its block ends by itself; a panic inside a catch block
// leaves no exception behind; go_with_lock unlocks.
#include "check.h"

#include <exception>
#include <goroutine.h>
#include <stdexcept>
#include <string>

static std::string order;
static go_mutex m;

static void tell(const char *s)
{
    order += s;
}

static void expect(const char *s)
{
    if (order != s) {
        fprintf(stderr, "told \"%s\", not \"%s\"\n", order.c_str(), s);
        _Exit(1);
    }
    order.clear();
}

struct noisy {
    ~noisy()
    {
        order += "~";
    }
};

static void throws()
{
    go_defer(tell, "1");
    noisy n;
    go_defer(tell, "2");
    go_with_lock (&m)
        throw std::runtime_error("x");
}

static void caught_outside()
{
    go_recovered r;
    go_defer(tell, "3");
    CHECK(!go_recover(&r, throws));
}

static void panics_in_catch()
{
    try {
        throw 1;
    } catch (int) {
        try {
            throw 2;
        } catch (int) {
            go_yield();
            go_panic("in catch");
        }
    }
}

// The frames that are forgotten have no destructor that matters, or are meant to lose it.
static void recovers()
{
    go_recovered r;
    CHECK(go_recover(&r, panics_in_catch));
    CHECK(std::string(r.text) == "in catch");
    CHECK(std::current_exception() == nullptr);
    CHECK_EQ(std::uncaught_exceptions(), 0);
    try {
        throw std::logic_error("outer");
    } catch (const std::logic_error &e) {
        CHECK(go_recover(&r, panics_in_catch));
        std::exception_ptr now = std::current_exception();
        CHECK(now != nullptr);
        CHECK(std::string(e.what()) == "outer");
    }
    CHECK(std::current_exception() == nullptr);
}

static void leaves_in_catch()
{
    go_defer(tell, "d");
    try {
        throw 3;
    } catch (int) {
        go_exit();
    }
}

static void none_left()
{
    CHECK(std::current_exception() == nullptr);
    CHECK_EQ(std::uncaught_exceptions(), 0);
}

int main()
{
    try {
        caught_outside();
    } catch (const std::runtime_error &) {
        order += "c";
    }
    expect("2~13c");
    CHECK(go_mutex_try_lock(&m));
    go_mutex_unlock(&m);

    // The record of the go_recover that was passed is gone.
    CHECK(go_recover(nullptr, [] { go_panic("again"); }));

    try {
        go_defer(tell, "a");
        go_defer([] { throw std::logic_error("deferred"); });
        go_defer(tell, "b");
    } catch (const std::logic_error &) {
        order += "c";
    }
    expect("bac");

    for (int i = 0; i < 3; i++)
        recovers();
    go_waitgroup wg = {};
    for (int i = 0; i < 100; i++)
        go_waitgroup_go(&wg, recovers);
    go_waitgroup_wait(&wg);

    for (int i = 0; i < 3; i++)
        go_join(go_start(leaves_in_catch));
    expect("ddd");
    go_join(go_start(none_left));
    static go_once once;
    try {
        go_once_do(
            &once, [](void *) { throw 4; }, nullptr);
    } catch (int) {
        order += "o";
    }
    go_once_do(
        &once, [](void *) { order += "never"; }, nullptr);
    expect("o");
}
