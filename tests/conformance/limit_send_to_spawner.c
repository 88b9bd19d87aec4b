/* SPDX-License-Identifier: MIT */
/* go_set_limit: workers that send to main on a channel without buffer, while main is
 * still starting workers.  All of them wait for main, so main goes on at once, not
 * after its patience with each: a tenth of a second. */
#include "support.h"

#include <goroutine.h>

static void work(int i, go_chan(int) c)
{
    go_send(c, i);
}

int main(void)
{
    enum { MOST = 100 };
    int n = test_scale(MOST, 30), v;
    int64_t took[MOST], sum = 0;
    go_chan(int) c = go_make(int, 0);
    go_set_limit(2);
    for (int i = 0; i < n; i++) {
        int64_t start = clock_ns();
        go(work, i, c);
        took[i] = clock_ns() - start;
    }
    for (int i = 0; i < n; i++) {
        CHECK(go_recv(c, &v));
        sum += v;
    }
    CHECK_EQ(sum, (int64_t)n * (n - 1) / 2);
    CHECK(median(took, (size_t)n) < 100 * GO_MILLISECOND);
    go_drop(c);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    go_verify();
}
