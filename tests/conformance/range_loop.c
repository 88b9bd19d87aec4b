/* SPDX-License-Identifier: MIT */
/* Go, "For statements with range clause" over a channel: until closed and
 * drained; break, continue and return work; each lap has the value it got. */
#include "check.h"

#include <goroutine.h>

static void count(go_chan(int) c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

static int first_over(go_chan(int) c, int limit)
{
    go_range (v, c) {
        if (v > limit)
            return v;
    }
    return -1;
}

int main(void)
{
    int n = 0, even = 0;
    go_chan(int) c = go_make(int, 0);
    go(count, go_hold(c), 100);
    go_range (v, c) {
        CHECK_EQ(v, n);
        n++;
        if (v % 2)
            continue;
        even++;
    }
    CHECK_EQ(n, 100);
    CHECK_EQ(even, 50);
    go_range (v, c)
        CHECK(v != v); /* closed: no lap */
    go_drop(c);

    c = go_make(int, 3);
    go(count, go_hold(c), 100);
    go_range (v, c) {
        if (v == 40)
            break;
    }
    CHECK_EQ(first_over(c, 60), 61);
    CHECK_EQ(first_over(c, 200), -1);
    go_drop(c);

    go_chan(int) outer = go_make(int, 2);
    go_send(outer, 1);
    go_send(outer, 2);
    go_close(outer);
    int product = 0;
    go_range (a, outer) {
        go_chan(int) inner = go_make(int, 2);
        go_send(inner, 10);
        go_send(inner, 20);
        go_close(inner);
        go_range (b, inner)
            product += a * b;
        go_drop(inner);
    }
    CHECK_EQ(product, 90);
    go_drop(outer);
}
