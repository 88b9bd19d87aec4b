// SPDX-License-Identifier: MIT
// go_defer, go_recover and go_start in C++.
#include <goroutine.h>

#include <memory>
#include <string>

static int total;

static void add(const std::string &s, double d)
{
    total += static_cast<int>(s.size()) + static_cast<int>(d);
}

static void body(int v)
{
    go_defer(add, "literal", 1);
    int local = v;
    go_defer([&] { total += local; });
    go_defer([](std::unique_ptr<int> p) { total += *p; }, std::make_unique<int>(v));
    for (int i = 0; i < 2; i++) {
        go_defer(add, std::string("loop"), 0.5);
        if (v == 1)
            return;
    }
    if (v == 2)
        go_panic("two");
    if (v == 3)
        throw v;
    total++;
}

int main()
{
    go_recovered r;
    for (int v = 0; v < 3; v++)
        if (go_recover(&r, body, v) != (v == 2))
            return 1;
    try {
        go_recover(nullptr, body, 3);
        return 2;
    } catch (int v) {
        if (v != 3)
            return 3;
    }
    go_handle *h = go_start(body, 1);
    go_join(h);
    go_detach(go_start([=] { total += r.text[0]; }));
    return 0;
}
