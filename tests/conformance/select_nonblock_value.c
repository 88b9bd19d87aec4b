/* SPDX-License-Identifier: MIT */
/* Conformance 6: a non-blocking select never takes default while a value is
 * there.
 *
 * At every moment one of the two channels holds a value, though which one
 * changes while the select looks. */
#include "check.h"

#include <goroutine.h>

static void look(go_chan(int) a, go_chan(int) b, go_chan(bool) done)
{
    int k = go_select(go_on_recv(a, NULL), go_on_recv(b, NULL), go_default());
    go_send(done, k != 2);
}

int main(void)
{
    go_maxprocs(2);
    go_chan(bool) done = go_make(bool, 1);
    for (int i = 0; i < test_scale(50000, 1000); i++) {
        go_chan(int) a = go_make(int, 1);
        go_chan(int) b = go_make(int, 1);
        go_send(a, 1);
        go(look, a, b, done);
        go_send(b, 1);
        go_select(go_on_recv(a, NULL), go_default());
        bool found;
        CHECK(go_recv(done, &found));
        CHECK(found);
        go_drop(a);
        go_drop(b);
    }
    go_drop(done);
}
