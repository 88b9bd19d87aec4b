/* SPDX-License-Identifier: MIT */
/* Go, reflect.Select: cases built at run time, up to 65536 of them; no cases at
 * all wait for ever. */
#include "check.h"

#include <goroutine.h>

static void send_one(go_chan(int) c, int v)
{
    go_send(c, v);
}

static void over(int n)
{
    go_chan(int) *c = calloc((size_t)n, sizeof *c);
    struct go_case *cases = calloc((size_t)n + 1, sizeof *cases);
    int v = -1;
    CHECK(c && cases);
    for (int i = 0; i < n; i++) {
        c[i] = go_make(int, 0);
        cases[i] = go_on_recv(c[i], &v);
    }
    cases[n] = go_default();
    CHECK_EQ(go_select_cases(cases, n + 1), n);

    int picks[] = { 0, n / 3, n / 2, n - 1 };
    for (int i = 0; i < 4; i++) {
        go(send_one, c[picks[i]], picks[i]);
        CHECK_EQ(go_select_cases(cases, n), picks[i]);
        CHECK(go_selected_ok());
        CHECK_EQ(v, picks[i]);
    }
    cases[n] = go_on_timeout(GO_MILLISECOND);
    CHECK_EQ(go_select_cases(cases, n + 1), n);
    go_close(c[n / 2]);
    CHECK_EQ(go_select_cases(cases, n), n / 2);
    CHECK(!go_selected_ok());
    for (int i = 0; i < n; i++)
        go_drop(c[i]);
    free(c);
    free(cases);
}

int main(void)
{
    for (int n = 1; n < 20; n++)
        over(n);
    over(1000);
    over(test_scale(65535, 2000));
}
