// SPDX-License-Identifier: MIT
// The bounded forms of groups and onces in C++.
#include "../../check.h"

#include <goroutine.h>

static int work(int n)
{
    return n;
}

static go_once_func func;
static go_once_value(int) value;

int main()
{
    go_group *g = go_group_new(nullptr);
    int err = 1, v = 0;
    CHECK_EQ(go_group_go_until(g, go_now(), work, 0), 0);
    CHECK_EQ(go_group_go_ctx(g, nullptr, [] { return 0; }), 0);
    CHECK_EQ(go_group_wait_until(g, GO_FOREVER, &err), 0);
    CHECK_EQ(err, 0);
    g = go_group_new(nullptr);
    CHECK_EQ(go_group_wait_ctx(g, nullptr, &err), 0);
    CHECK_EQ(go_once_call_until(&func, go_now(), work, 1), 0);
    CHECK_EQ(go_once_call_ctx(&func, nullptr, work, 1), 0);
    CHECK_EQ(go_once_get_until(&value, &v, go_now(), work, 5), 0);
    CHECK_EQ(go_once_get_ctx(&value, &v, nullptr, work, 6), 0);
    CHECK_EQ(v, 5);
    return 0;
}
