/* SPDX-License-Identifier: MIT */
/* go_after_func packs calls as go does: arguments in registers, on the stack, structs,
 * numbers to be converted, results that are dropped; each run gets all of them. */
#include "../../check.h"

#include <goroutine.h>
#include <string.h>

struct mixed {
    double d;
    long l;
};
static go_chan(int) out;

static void none(void)
{
    go_send(out, 1);
}
static long converted(double a, float b, const char *s)
{
    go_send(out, (int)(a * 10 + b) + (int)strlen(s));
    return 7;
}
static struct mixed eight(struct mixed a, int b, struct mixed c, char d, long e, double f, long g,
                          int *h)
{
    go_send(out,
            (int)(a.d + (double)a.l + c.d + (double)c.l + b + d + (double)e + f + (double)g) + *h);
    return c;
}

static void twice(go_timer *t, int want)
{
    for (int i = 0; i < 2; i++) {
        int got = 0;
        CHECK(go_recv(out, &got));
        CHECK_EQ(got, want);
        if (i == 0)
            go_timer_reset(t, 0);
    }
    go_timer_drop(t);
}

int main(void)
{
    struct mixed a = { 1, 2 }, c = { 3, 4 };
    int h = 9;
    out = go_make(int, 0);
    twice(go_after_func(0, none), 1);
    twice(go_after_func(1, converted, 2, 1.0, "four"), 25);
    twice(go_after_func(-1, eight, a, 5, c, (char)6, 7, 8, 1, &h), 46);
    go_timer *t = go_after_func(GO_HOUR, h ? none : NULL);
    CHECK(go_timer_stop(t));
    go_timer_drop(t);
    go_drop(out);
}
