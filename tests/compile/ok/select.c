/* SPDX-License-Identifier: MIT */
/* go_select as an expression: its operands, its values, its place in a statement. */
#include "../../check.h"

#include <goroutine.h>

struct pair {
    int x, y;
};

static int step;
static int nth(int n, int v)
{
    CHECK_EQ(step++, n);
    return v;
}
static go_chan(int) chan_nth(int n, go_chan(int) c)
{
    CHECK_EQ(step++, n);
    return c;
}
static int *dst_nth(int n, int *dst)
{
    CHECK_EQ(step++, n);
    return dst;
}

static void operands(go_chan(int) a, go_chan(int) nil)
{
    int n = 0;
    step = 0;
    CHECK_EQ(go_select(go_on_recv(chan_nth(0, nil), dst_nth(1, &n)),
                       go_on_send(chan_nth(2, nil), nth(3, 1)),
                       go_on_send(chan_nth(4, a), nth(5, 2)),
                       go_on_send_from(chan_nth(6, nil), dst_nth(7, &n)),
                       go_on_recv(chan_nth(8, nil), NULL), go_on_timeout(nth(9, 1) * GO_HOUR)),
             2);
    CHECK_EQ(step, 10);
    CHECK_EQ(go_select(go_on_recv(a, &n)), 0);
    CHECK(n == 2 && go_selected_ok());
}

static void receiver(go_chan(struct pair) c, go_waitgroup *wg)
{
    struct pair p;
    CHECK(go_recv(c, &p) && p.x == 41 && p.y == 42);
    go_drop(c);
    go_waitgroup_done(wg);
}

/* The value outlives its expression, while the select is parked. */
static void values(void)
{
    go_chan(struct pair) c = go_make(struct pair, 0);
    go_chan(double) d = go_make(double, 1);
    go_chan(const char *) s = go_make(const char *, 1);
    go_waitgroup wg = {0};
    for (int i = 0; i < 100; i++) {
        int v = 41;
        go_waitgroup_add(&wg, 1);
        go(receiver, go_hold(c), &wg);
        CHECK_EQ(go_select(go_on_send(c, (struct pair){v, v + 1}), go_on_recv(d, NULL)), 0);
        go_waitgroup_wait(&wg);
    }
    double got = 0;
    const char *text = NULL;
    CHECK_EQ(go_select(go_on_send(d, 3)), 0);
    CHECK(go_recv(d, &got) && got == 3);
    CHECK_EQ(go_select(go_on_send(s, "text"), go_on_recv(d, &got)), 0);
    CHECK(go_select(go_on_recv(s, &text)) == 0 && text[0] == 't');
    go_drop(c);
    go_drop(d);
    go_drop(s);
}

/* break, continue, return and goto mean what they always mean. */
static int statements(go_chan(int) a, go_chan(int) nil)
{
    int n = 0, rounds = 0;
    go_send(a, 5);
    for (;;) {
        rounds++;
        switch (go_select(go_on_recv(a, &n), go_default())) {
        case 0:
            continue;
        case 1:
            break;
        }
        break;
    }
    CHECK(n == 5 && rounds == 2);
    if (go_select(go_on_recv(nil, NULL), go_on_deadline(go_now() + 1000 * GO_NANOSECOND)) == 1)
        goto next;
    CHECK(false);
next:
    while (go_select(go_on_timeout(-1), go_on_recv(nil, &n)))
        CHECK(false);
    return go_select(go_default()) ? 0 : 77;
}

static void many(go_chan(int) a, go_chan(int) nil)
{
#define FOUR go_on_recv(nil, NULL), go_on_send(nil, 1), go_on_recv(nil, NULL), go_on_send(nil, 1)
    CHECK_EQ(go_select(FOUR, FOUR, FOUR, FOUR, FOUR, FOUR, FOUR, go_on_recv(nil, NULL),
                       go_on_recv(nil, NULL), go_on_recv(nil, NULL), go_on_send(a, 9)),
             31);
    struct go_case cases[40] = {0};
    int n = 0;
    cases[39] = go_on_recv(a, &n);
    CHECK(go_select_cases(cases, 40) == 39 && n == 9);
    cases[17] = go_on_send_from(a, &n);
    CHECK_EQ(go_select(cases[39], cases[17]), 1);
    CHECK_EQ(go_select(cases[39]), 0);
}

int main(void)
{
    go_chan(int) a = go_make(int, 1), nil = NULL;
    operands(a, nil);
    values();
    CHECK_EQ(statements(a, nil), 77);
    many(a, nil);
    go_close(a);
    int n = 9;
    CHECK_EQ(go_select(go_on_recv(nil, NULL), go_on_recv(a, &n)), 1);
    CHECK(n == 0 && !go_selected_ok());
    go_drop(a);
    /* A select without cases never ends; its type is what is looked at. */
    _Static_assert(sizeof(go_select()) == sizeof(int), "go_select() is an int");
    return 0;
}
