/* SPDX-License-Identifier: MIT */
/* Thousands of timers armed, fired, cancelled and moved between Ps while their
 * number changes, then verify(). */
#include "check.h"

#include <goroutine.h>

static void sleeper(unsigned seed, int laps, go_waitgroup *wg)
{
    for (int i = 0; i < laps; i++) {
        seed = seed * 1103515245 + 12345;
        int64_t d = (int64_t)(seed >> 12) % (2 * GO_MILLISECOND), start = go_now();
        switch (seed >> 8 & 3) {
        case 0:
        case 1:
            go_sleep(d);
            CHECK(go_now() - start >= d);
            break;
        case 2:
            CHECK_EQ(go_select(go_on_timeout(d), go_on_timeout(GO_HOUR)), 0);
            CHECK(go_now() - start >= d);
            break;
        case 3: {
            go_chan(int64_t) c = go_after(d);
            go_select(go_on_recv(c, NULL), go_on_timeout(d / 2));
            go_drop(c);
            break;
        }
        }
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    int n = test_scale(3000, 200);
    for (int round = 0; round < test_scale(10, 3); round++) {
        go_waitgroup wg = { 0 };
        go_waitgroup_add(&wg, n);
        for (int i = 0; i < n; i++)
            go(sleeper, (unsigned)(round * n + i), 20, &wg);
        for (int procs = 1; go_waitgroup_wait_until(&wg, go_now() + 3 * GO_MILLISECOND); procs++)
            go_maxprocs(1 + procs % 6);
        go_verify();
    }
}
