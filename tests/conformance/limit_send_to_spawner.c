/* SPDX-License-Identifier: MIT */
/* go_set_limit: workers that send to main on a channel without buffer, while main is
 * still starting workers.  All of them wait for main, so main goes on at once, not
 * after its patience with each. */
#include "support.h"

#include <goroutine.h>

static void work(int i, go_chan(int) c)
{
    go_send(c, i);
}

int main(void)
{
    int n = test_scale(100, 30), v;
    go_chan(int) c = go_make(int, 0);
    go_set_limit(2);
    int64_t start = clock_ns(), sum = 0;
    for (int i = 0; i < n; i++)
        go(work, i, c);
    for (int i = 0; i < n; i++) {
        CHECK(go_recv(c, &v));
        sum += v;
    }
    CHECK_EQ(sum, (int64_t)n * (n - 1) / 2);
    CHECK(clock_ns() - start < 2 * GO_SECOND); /* patience: 3 s at the least */
    go_drop(c);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    go_verify();
}
