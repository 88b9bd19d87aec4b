/* SPDX-License-Identifier: MIT */
/* go_after_func in C++: function objects and arguments with constructors; each run gets
 * a copy, and all are destroyed; what is kept also if a run ends by go_exit. */
#include "check.h"

#include <goroutine.h>
#include <memory>
#include <string>

static go_int64 alive;

struct counted {
    std::string text;
    explicit counted(const char *t) : text(t)
    {
        go_int64_add(&alive, 1);
    }
    counted(const counted &o) : text(o.text)
    {
        go_int64_add(&alive, 1);
    }
    ~counted()
    {
        go_int64_add(&alive, -1);
    }
};

static void tell(go_chan(int) out, counted c, const std::string &s)
{
    go_send(out, (int)(c.text.size() + s.size()));
}

static void with_objects()
{
    go_chan(int) out = go_make(int, 0);
    int n = 0;
    {
        counted word("twelve chars and more of them");
        go_timer *t = go_after_func(GO_MILLISECOND, tell, out, word, std::string("abc"));
        for (int i = 0; i < 3; i++) {
            CHECK(go_recv(out, &n));
            CHECK_EQ(n, 32);
            go_timer_reset(t, 0);
        }
        CHECK(go_recv(out, &n));
        go_timer_drop(t);
        t = go_after_func(GO_HOUR, tell, out, word, std::string("abc"));
        CHECK(go_timer_stop(t));
        go_timer_drop(t);
        go_timer_drop(go_after_func(0, tell, out, word, std::string("abc")));
        CHECK(go_recv(out, &n));
    }
    while (go_int64_load(&alive) != 0)
        go_yield();
    go_drop(out);
}

static void with_lambdas()
{
    go_chan(int) out = go_make(int, 0);
    int n = 0, calls = 0;
    go_timer *t = go_after_func(0, [=]() mutable { go_send(out, ++calls); });
    CHECK(go_recv(out, &n));
    CHECK_EQ(n, 1);
    go_timer_reset(t, 0);
    CHECK(go_recv(out, &n));
    CHECK_EQ(n, 1); /* a copy of what was given */
    go_timer_drop(t);

    auto shared = std::make_shared<int>(0);
    t = go_after_func(0, ([out, shared] { go_send(out, ++*shared); }));
    CHECK(go_recv(out, &n));
    go_timer_reset(t, 0);
    CHECK(go_recv(out, &n));
    CHECK_EQ(n, 2);
    go_timer_drop(t);
    while (shared.use_count() != 1)
        go_yield();
    go_drop(out);
}

/* One that needs no destructor to give memory back: its run ends without one. */
struct visitor {
    visitor()
    {
        go_int64_add(&alive, 1);
    }
    visitor(const visitor &)
    {
        go_int64_add(&alive, 1);
    }
    ~visitor()
    {
        go_int64_add(&alive, -1);
    }
};

/* go_exit forgets the run's own copy, but not the one that is kept. */
static void ends_early()
{
    go_chan(int) out = go_make(int, 0);
    int n;
    go_timer_drop(go_after_func(0, ([out, v = visitor()] {
                                    go_defer([out] { go_send(out, 1); });
                                    go_exit();
                                })));
    CHECK(go_recv(out, &n));
    while (go_int64_load(&alive) != 1)
        go_yield();
    go_drop(out);
}

int main()
{
    with_objects();
    with_lambdas();
    ends_early();
}
