// SPDX-License-Identifier: MIT
// Groups, functions left with contexts, and singleflight in C++: any callable that returns
// int, arguments with constructors; one that never runs is destroyed.
#include "../../check.h"

#include <goroutine.h>
#include <memory>
#include <string>

static int alive;
struct tracked {
    int v;
    explicit tracked(int n) : v(n)
    {
        go_atomic_add(&alive, 1);
    }
    tracked(const tracked &o) : v(o.v)
    {
        go_atomic_add(&alive, 1);
    }
    ~tracked()
    {
        go_atomic_add(&alive, -1);
    }
};

static int length(std::string s, const std::string &t)
{
    return int(s.size() + t.size());
}
static int plain(long a, double b)
{
    return int(a) + int(b);
}
static int bring(void *arg, void **value)
{
    *value = arg;
    return 3;
}

#define RESULT(...)                                                                                \
    __extension__({                                                                                \
        go_group *group = go_group_new(nullptr);                                                   \
        go_group_go(group, __VA_ARGS__);                                                           \
        go_group_wait(group);                                                                      \
    })

static void groups()
{
    int n = 4;
    CHECK_EQ(RESULT(plain, 40, 2.5f), 42);
    CHECK_EQ(RESULT(length, "a string that is too long to be kept inside", "bc"), 45);
    CHECK_EQ(RESULT([n] { return n + 1; }), 5);
    CHECK_EQ(RESULT([](const tracked &t) { return t.v; }, tracked(6)), 6);
    CHECK_EQ(RESULT([p = std::make_unique<int>(7)] { return *p; }), 7);
    go_group *g = go_group_new(nullptr);
    go_group_set_limit(g, 0);
    CHECK(!go_group_try_go(g, [t = tracked(1)] { return t.v; }));
    go_group_set_limit(g, 1);
    CHECK(go_group_try_go(g, [t = tracked(8)] { return t.v; }));
    CHECK_EQ(go_group_wait(g), 8);
    CHECK_EQ(go_atomic_load(&alive), 0);
}

static void after()
{
    go_chan(int) out = go_make(int, 0);
    go_context *ctx = go_context_with_cancel(go_context_background());
    auto send = [out](const tracked &t) { go_send(out, t.v); };
    go_context_after *stopped = go_context_after_func(ctx, send, tracked(1));
    go_context_after *never = go_context_after_func(go_context_background(), send, tracked(2));
    go_context_after *runs = go_context_after_func(ctx, send, tracked(3));
    go_context_after_drop(go_context_after_func(ctx, [out] { go_send(out, 4); }));
    CHECK(go_context_after_stop(stopped));
    go_context_after_drop(never);
    CHECK_EQ(go_atomic_load(&alive), 1);
    go_context_cancel(ctx);
    int a = 0, b = 0;
    CHECK(go_recv(out, &a) && go_recv(out, &b) && a + b == 7);
    CHECK(!go_context_after_stop(runs));
    CHECK_EQ(go_select(go_on_done(ctx), go_on_recv(out, &a)), 0);
    CHECK(!go_recv(go_context_done(ctx), nullptr));
    go_context_drop(ctx);
    while (go_atomic_load(&alive))
        go_yield();
    go_drop(out);
}

static void flights()
{
    static go_singleflight s;
    go_flight f = go_singleflight_do(&s, "k", bring, &s);
    CHECK(f.value == &s && f.err == 3 && !f.shared);
    go_chan(go_flight) c = go_singleflight_do_chan(
        &s, "k", [](void *, void **) { return 9; }, nullptr);
    CHECK(go_recv(c, &f) && f.err == 9);
    go_drop(c);
}

int main()
{
    groups();
    after();
    flights();
}
