// SPDX-License-Identifier: MIT
// expect: must be copyable
#include <goroutine.h>
#include <memory>

static void f(const std::unique_ptr<int> &p, int n)
{
    (void)p, (void)n;
}
static void g(const std::shared_ptr<int> &p, int n)
{
    (void)p, (void)n;
}

void test()
{
    go_timer_drop(go_after_func(GO_HOUR, g, std::make_shared<int>(1), 1));
    (void)f;
#ifndef GOOD
    go_timer_drop(go_after_func(GO_HOUR, f, std::make_unique<int>(1), 1));
#endif
}
