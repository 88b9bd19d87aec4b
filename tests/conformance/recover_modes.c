/* SPDX-License-Identifier: MIT */
/* panic.h: go_recover gives the modes of floating point back as the caller had them,
 * whatever was set inside; and so it is on every goroutine for itself. */
#include "check.h"

#include <fenv.h>
#include <goroutine.h>

static void fail_rounding_up(go_chan(int) c)
{
    CHECK_EQ(fesetround(FE_UPWARD), 0);
    if (c)
        go_send(c, 1);
    go_panic("up");
}

static void body(go_chan(int) c)
{
    CHECK_EQ(fesetround(FE_DOWNWARD), 0);
    for (int i = 0; i < 20; i++) {
        CHECK(go_recover(NULL, fail_rounding_up, c));
        CHECK_EQ(fegetround(), FE_DOWNWARD);
    }
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, body, c);
    for (int i = 0; i < 200; i++)
        CHECK(go_recv(c, NULL));
    go_waitgroup_wait(&wg);
    CHECK_EQ(fegetround(), FE_TONEAREST);
    CHECK(go_recover(NULL, fail_rounding_up, (go_chan(int))NULL));
    CHECK_EQ(fegetround(), FE_TONEAREST);
    go_drop(c);
}
