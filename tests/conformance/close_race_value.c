/* SPDX-License-Identifier: MIT */
/* Conformance 7: a close that races a buffered value hides nothing.
 *
 * A receiver sees the value, then closed; never "nothing there", and never
 * closed before the value. */
#include "check.h"

#include <goroutine.h>

static void look_one(go_chan(int) c, go_chan(bool) done)
{
    go_send(done, go_select(go_on_recv(c, NULL), go_default()) == 0);
}

static void look_two(go_chan(int) a, go_chan(int) b, go_chan(bool) done)
{
    int k = go_select(go_on_recv(a, NULL), go_on_recv(b, NULL), go_default());
    go_send(done, k != 2);
}

static void poll_until_closed(go_chan(int) c, go_chan(bool) done)
{
    int v = 0, rc, got = 0;
    while ((rc = go_try_recv(c, &v)) != -EPIPE) {
        if (rc == 0) {
            CHECK_EQ(v, 5);
            got++;
        }
    }
    CHECK_EQ(v, 0);
    go_send(done, got == 1);
}

static void expect(go_chan(bool) done)
{
    bool ok;
    CHECK(go_recv(done, &ok));
    CHECK(ok);
}

int main(void)
{
    go_maxprocs(2);
    go_chan(bool) done = go_make(bool, 1);
    for (int i = 0; i < test_scale(30000, 700); i++) {
        go_chan(int) a = go_make(int, 1);
        go_chan(int) b = go_make(int, 1);
        go_chan(int) c = go_make(int, 1);

        go_send(a, 1);
        go(look_one, a, done);
        go_close(a);
        go_recv(a, NULL);
        expect(done);

        go_chan(int) d = go_make(int, 1);
        go_send(d, 1);
        go(look_two, d, b, done);
        go_close(b);
        go_select(go_on_recv(d, NULL), go_default());
        expect(done);

        go(poll_until_closed, c, done);
        go_send(c, 5);
        go_close(c);
        expect(done);

        go_drop(a);
        go_drop(b);
        go_drop(c);
        go_drop(d);
    }
    go_drop(done);
}
