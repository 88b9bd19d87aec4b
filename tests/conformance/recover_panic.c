/* SPDX-License-Identifier: MIT */
/* Go spec, Handling panics: a panic runs what was deferred since, newest first, in
 * frames that are still there; recover stops it; the caller goes on. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static char told[64];

static void tell(const char *s)
{
    strcat(told, s);
}

static void tell_of(const int *on_stack)
{
    char s[2] = { (char)('0' + *on_stack), 0 };
    tell(s);
}

static void fail(int depth)
{
    int mine = depth;
    go_defer(tell_of, &mine);
    if (depth > 0)
        fail(depth - 1);
    else if (depth == 0)
        go_panic("at %d: %s", depth, "bottom");
    mine = 9; /* never, and not a jump */
}

static int quiet(int v)
{
    return v;
}

static void fails_twice(void)
{
    go_recovered r;
    CHECK(go_recover(&r, fail, 1));
    CHECK(strcmp(r.text, "at 0: bottom") == 0);
    tell(",");
    fail(2);
}

static void fail_long(int n)
{
    go_panic("%0*d", n, 7);
}

/* What the compiler keeps in registers across the call must survive. */
static void registers(void)
{
    volatile long seed = 3;
    long a = seed + 1, b = seed + 2, c = seed + 3, d = seed + 4, e = seed + 5, f = seed + 6;
    double x = (double)seed + 0.5, y = (double)seed + 0.25;
    for (int i = 0; i < 100; i++) {
        CHECK(go_recover(NULL, fail_long, 1));
        a++, b += 2, c += 3, d += 4, e += 5, f += 6, x += 1, y += 2;
    }
    CHECK_EQ(a, 104);
    CHECK_EQ(b + c + d + e + f, 5 + 6 + 7 + 8 + 9 + 100 * (2 + 3 + 4 + 5 + 6));
    CHECK(x == 103.5 && y == 203.25);
}

int main(void)
{
    go_recovered r;
    memset(&r, 'x', sizeof r);
    CHECK(!go_recover(&r, quiet, 5));
    CHECK_EQ(r.text[0], 0);
    CHECK_EQ(told[0], 0);
    CHECK(!go_recover(NULL, quiet, 5));

    CHECK(go_recover(&r, fail, 3));
    CHECK(strcmp(r.text, "at 0: bottom") == 0);
    CHECK(strcmp(told, "0123") == 0);

    told[0] = '\0';
    CHECK(go_recover(&r, fails_twice));
    CHECK(strcmp(told, "01,012") == 0);

    CHECK(go_recover(&r, fail_long, GO_PANIC_TEXT - 1));
    CHECK_EQ(strlen(r.text), GO_PANIC_TEXT - 1);
    CHECK(go_recover(&r, fail_long, 5000));
    CHECK_EQ(strlen(r.text), GO_PANIC_TEXT - 1);

    /* No stack is lost to it. */
    int n = test_scale(200000, 5000);
    for (int i = 0; i < n; i++) {
        CHECK(go_recover(&r, fail_long, 3));
        told[0] = '\0';
        CHECK(go_recover(NULL, fail, 2));
    }
    registers();
}
