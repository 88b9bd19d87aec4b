// SPDX-License-Identifier: MIT
// go.h in C++: lambdas and function objects, with captures by value, by reference and by
// move, and move-only arguments, as goroutines, joined, deferred and recovered.  A list of
// captures with a comma needs parentheses around the lambda.
#include "check.h"

#include <array>
#include <functional>
#include <goroutine.h>
#include <memory>
#include <string>
#include <vector>

static int live;

struct counted {
    counted()
    {
        go_atomic_add(&live, 1);
    }
    counted(const counted &)
    {
        go_atomic_add(&live, 1);
    }
    counted(counted &&) noexcept
    {
        go_atomic_add(&live, 1);
    }
    ~counted()
    {
        go_atomic_add(&live, -1);
    }
};

static void free_function(const std::string &s, std::vector<int> v, int *sum)
{
    *sum += (int)s.size();
    for (int i : v)
        *sum += i;
}

struct object {
    int factor;
    void operator()(int *p)
    {
        *p *= factor;
    }
};

int main()
{
    int sum = 0;
    {
        std::string text = "captured by value";
        auto owned = std::make_unique<int>(5);
        go_handle *h = go_start(([&sum, text, owned = std::move(owned)] {
            go_yield();
            sum += (int)text.size() + *owned;
        }));
        text.clear();
        go_join(h);
        CHECK_EQ(sum, 17 + 5);
    }
    {
        go_handle *h =
            go_start([&](std::unique_ptr<int> p) { sum = *p; }, std::make_unique<int>(9));
        go_join(h);
        CHECK_EQ(sum, 9);
    }
    {
        go_handle *h = go_start(free_function, "four", std::vector<int>{ 1, 2, 3 }, &sum);
        go_join(h);
        CHECK_EQ(sum, 9 + 4 + 6);
        const go_attr named = { "object", 0 };
        go_join(go_start_with(named, object{ 3 }, &sum));
        CHECK_EQ(sum, 57);
        std::function<void()> f = [&sum] { sum = 1; };
        go_join(go_start(f));
        CHECK_EQ(sum, 1);
    }
    {
        go_waitgroup wg = {};
        std::array<char, 6000> large{};
        large[5999] = 7;
        for (int i = 0; i < 100; i++)
            go_waitgroup_go(&wg,
                            ([c = counted(), large, &sum] { go_atomic_add(&sum, large[5999]); }));
        go_waitgroup_wait(&wg);
        CHECK_EQ(sum, 701);
        while (go_atomic_load(&live) > 0) // destroyed with the goroutine's frame
            go_yield();
    }
    {
        std::string order;
        {
            go_defer([&] { order += "a"; });
            go_defer([&](std::unique_ptr<std::string> s) { order += *s; },
                     std::make_unique<std::string>("b"));
            go_defer(([&, c = counted()] { order += "c"; }));
            CHECK_EQ(live, 1);
        }
        CHECK(order == "cba");
        CHECK_EQ(live, 0);
        go_recovered r;
        CHECK(go_recover(
            &r, [&](const std::string &s) { go_panic("%s", s.c_str()); },
            std::string("a text that is too long for the string's own buffer")));
        CHECK(r.text[0] == 'a');
        CHECK(!go_recover(nullptr, ([&, p = std::make_unique<int>(3)] { sum = *p; })));
        CHECK_EQ(sum, 3);
    }
}
