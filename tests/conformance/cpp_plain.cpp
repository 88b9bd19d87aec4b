// SPDX-License-Identifier: MIT
// The C face, as it is, from C++: channels, select, locks, contexts, groups of waiting.
#include "check.h"

#include <goroutine.h>

static void produce(go_chan(int) c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

int main()
{
    go_chan(int) c = go_make(int, 3);
    go(produce, c, 100);
    int sum = 0, written = 0;
    go_range (v, c)
        sum += v;
    CHECK_EQ(sum, 4950);
    go_drop(c);

    go_mutex m = {};
    go_rwmutex rw = {};
    go_waitgroup wg = {};
    for (int i = 0; i < 50; i++)
        go_waitgroup_go(&wg, [&] {
            go_with_lock (&m)
                sum++;
            go_with_rlock (&rw)
                go_yield();
            go_with_wlock (&rw)
                written++;
        });
    go_waitgroup_wait(&wg);
    CHECK_EQ(sum, 4950 + 50);
    CHECK_EQ(written, 50);

    go_chan(double) d = go_make(double, 0);
    go([d] { go_send(d, 2.5); });
    double x = 0;
    int chosen = go_select(go_on_recv(d, &x), go_on_timeout(10 * GO_SECOND));
    CHECK_EQ(chosen, 0);
    CHECK(x == 2.5);
    go_drop(d);

    go_context *ctx = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    CHECK_EQ(go_sleep_ctx(GO_MINUTE, ctx), -ETIMEDOUT);
    go_context_drop(ctx);
}
