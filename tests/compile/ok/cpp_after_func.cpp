// SPDX-License-Identifier: MIT
// go_after_func in C++: functions, lambdas, arguments with constructors.
#include "../../check.h"

#include <goroutine.h>
#include <string>

static void f(go_chan(int) out, const std::string &s, long n)
{
    go_send(out, static_cast<int>(s.size()) + static_cast<int>(n));
}

static void twice(go_chan(int) out, go_timer *t, int want)
{
    for (int i = 0; i < 2; i++) {
        int got = 0;
        CHECK(go_recv(out, &got));
        CHECK_EQ(got, want);
        if (i == 0)
            go_timer_reset(t, 0);
    }
    go_timer_drop(t);
}

int main()
{
    go_chan(int) out = go_make(int, 0);
    twice(out, go_after_func(0, f, out, "four", 5), 9);
    twice(out, go_after_func(0, f, out, std::string(100, 'x'), 5), 105);
    twice(out, go_after_func(0, [=] { go_send(out, 3); }), 3);
    twice(out,
          go_after_func(
              0, [=](int n) { go_send(out, n); }, 4),
          4);
    go_ticker *t = go_ticker_new(GO_MILLISECOND);
    int64_t at = 0;
    CHECK(go_recv(go_ticker_chan(t), &at));
    go_ticker_drop(t);
    go_drop(out);
}
