/* SPDX-License-Identifier: MIT */
/* Go spec, Defer statements: deferred calls run in the reverse of the order in which
 * they were deferred, however the block is left; their arguments are evaluated when
 * they are deferred.  Here the block counts, so each round of a loop has its own. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static char told[256];

static void tell(const char *s)
{
    strcat(told, s);
}

static void tell_number(int n)
{
    char s[16];
    snprintf(s, sizeof s, "%d", n);
    tell(s);
}

static void expect(const char *s)
{
    if (strcmp(told, s) != 0) {
        fprintf(stderr, "told \"%s\", not \"%s\"\n", told, s);
        _Exit(1);
    }
    told[0] = '\0';
}

enum way { END, RETURN, GOTO };

static int leave(enum way way)
{
    go_defer(tell, "a");
    go_defer(tell, "b");
    {
        go_defer(tell, "c");
        if (way == RETURN)
            return 1;
        if (way == GOTO)
            goto out;
        tell("-");
    }
    tell("+");
out:
    tell(".");
    return 0;
}

static void loop(void)
{
    for (int i = 0; i < 5; i++) {
        go_defer(tell_number, i);
        if (i == 1)
            continue;
        if (i == 3)
            break;
        tell("r");
    }
}

/* A value is what it was; what a pointer points to is what it is. */
static void tell_both(int value, const int *now)
{
    tell_number(value);
    tell_number(*now);
}

static int evaluated;

static int evaluate(int v)
{
    evaluated++;
    return v;
}

static void arguments(void)
{
    int v = 1;
    go_defer(tell_both, evaluate(v), &v);
    CHECK_EQ(evaluated, 1);
    v = 2;
    CHECK_EQ(evaluated, 1);
}

static int depth;

static void recurse(int n)
{
    go_defer(tell_number, n);
    depth++;
    if (n > 0)
        recurse(n - 1);
}

int main(void)
{
    CHECK_EQ(leave(END), 0);
    expect("-c+.ba");
    CHECK_EQ(leave(RETURN), 1);
    expect("cba");
    CHECK_EQ(leave(GOTO), 0);
    expect("c.ba");
    loop();
    expect("r01r23");
    arguments();
    expect("12");
    recurse(9);
    expect("0123456789");
}
