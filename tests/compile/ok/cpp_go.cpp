// SPDX-License-Identifier: MIT
// go in C++: conversions as in a call, any type, any callable.
#include "../../check.h"

#include <cstdarg>
#include <goroutine.h>
#include <memory>
#include <string>

static int calls;
static int hit(int n)
{
    return go_atomic_add(&calls, n);
}

struct pair {
    int x, y;
};
struct large {
    char bytes[5000];
};
struct alignas(64) aligned {
    int v;
};

static void none()
{
    hit(1);
}
static int numbers(char a, double b, bool c, long d) noexcept
{
    CHECK(a == 5 && b == 2 && c && d == -1);
    return hit(1);
}
static void pointers(const char *s, void *p, int *q)
{
    CHECK(std::string(s) == "abc" && p == &calls && q == nullptr);
    hit(1);
}
static pair structs(pair a, large b, aligned c)
{
    CHECK(a.y == 2 && b.bytes[4999] == 7 && c.v == 3);
    CHECK(reinterpret_cast<uintptr_t>(&c) % 64 == 0);
    hit(1);
    return a;
}
static void objects(std::string a, const std::string &b, std::unique_ptr<int> c, std::string &&d)
{
    CHECK(a == "a string that is too long to be kept inside" && b == "b" && *c == 4 && d == "d");
    hit(1);
}
static int variadic(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    CHECK(va_arg(ap, int) == 1);
    CHECK(va_arg(ap, double) == 2.5);
    va_end(ap);
    return hit(1);
}
static int overloaded(int)
{
    return hit(1);
}
[[maybe_unused]] static int overloaded(const char *)
{
    return 0;
}
[[nodiscard]] static int must_use(int v)
{
    hit(1);
    return v;
}
template <class T> static void generic(T a)
{
    CHECK(a == T(3));
    hit(1);
}
struct counted {
    static int alive;
    counted() { alive++; }
    counted(const counted &) { alive++; }
    ~counted() { alive--; }
};
int counted::alive;
static void takes_counted(counted)
{
    CHECK(counted::alive > 0);
    hit(1);
}
extern "C" {
typedef void (*c_function)(int);
static void c_linkage(int v)
{
    hit(v);
}
}

template <class T> static void in_template(T v)
{
    go(generic<T>, v);
    go([](T a) { generic(a); }, v);
}

int main()
{
    int local = 41;
    auto big = std::make_unique<large>();
    big->bytes[4999] = 7;
    c_function f = c_linkage;

    go_block(none);
    go_block(&none);
    go_block(numbers, 5, 2, &local, -1L);
    go_block(pointers, "abc", &calls, NULL);
    go_block(pointers, "abc", &calls, 0);
    go_block(structs, (pair{1, 2}), *big, aligned{3});
    go_block(objects, "a string that is too long to be kept inside", "b", std::make_unique<int>(4),
             std::string("d"));
    go_block(variadic, "", 1, 2.5f);
    go_block(static_cast<int (*)(int)>(overloaded), 1);
    go_block(must_use, 1);
    go_block(f, 1);
    go_block([] { hit(1); });
    go_block([&local](int d) { local += d; }, 1);
    CHECK_EQ(local, 42);
    go_block([owned = std::make_unique<int>(1)](std::string s) { calls += *owned + (s != "x"); },
             "x");
    go_block(takes_counted, counted());
    CHECK_EQ(counted::alive, 0);
    CHECK_EQ(calls, 14);

    go_waitgroup wg = {};
    calls = 0;
    go(none);
    CHECK_EQ(go_try(numbers, 5, 2, true, -1), 0);
    go_attr attr = {};
    attr.name = "named";
    go_with(attr, f, 10);
    go_with((go_attr{"named", 1 << 20}), f, 10);
    go(structs, (pair{1, 2}), *big, aligned{3});
    go(objects, "a string that is too long to be kept inside", "b", std::make_unique<int>(4), "d");
    CHECK_EQ(go_try(takes_counted, counted()), 0);
    go_waitgroup_go(&wg, takes_counted, counted());
    go_waitgroup_go(&wg, c_linkage, 100);
    go_waitgroup_go(&wg, [](auto a, auto b) { hit(a + b); }, 1000, short(1000));
    go([](int n) { go([n] { go(c_linkage, n); }); }, 10000);
    in_template(3);
    in_template(3.0);
    go_waitgroup_wait(&wg);
    while (go_count() > 1)
        go_yield();
    CHECK_EQ(counted::alive, 0);
    CHECK_EQ(calls, 1 + 1 + 20 + 1 + 1 + 1 + 1 + 100 + 2000 + 10000 + 4);
    return 0;
}
