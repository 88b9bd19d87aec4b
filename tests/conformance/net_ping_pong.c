/* SPDX-License-Identifier: MIT */
/* Rule 25: a number goes to and fro, one more each time, over connections of every kind at
 * once. */
#include "net_support.h"

static int64_t rounds;

static void answer(struct end e, go_waitgroup *wg)
{
    int64_t n;
    while (read_full(e.r, &n, sizeof n) == sizeof n) {
        n++;
        CHECK_EQ(go_write(e.w, &n, sizeof n), sizeof n);
    }
    end_close(e);
    go_waitgroup_done(wg);
}

static void serve(struct end e, go_waitgroup *wg)
{
    int64_t n = 0, back;
    for (int64_t i = 0; i < rounds; i++) {
        CHECK_EQ(go_write(e.w, &n, sizeof n), sizeof n);
        CHECK_EQ(read_full(e.r, &back, sizeof back), sizeof back);
        CHECK_EQ(back, n + 1);
        n = back + 1;
    }
    CHECK_EQ(n, 2 * rounds);
    end_close(e);
    go_waitgroup_done(wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    rounds = test_scale(1000, 100);
    for (int k = 0; k < KINDS; k++) {
        struct link l = link_make((enum kind)k);
        go_waitgroup_add(&wg, 2);
        go(answer, l.b, &wg);
        go(serve, l.a, &wg);
    }
    go_waitgroup_wait(&wg);
}
