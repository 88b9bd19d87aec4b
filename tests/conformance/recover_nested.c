/* SPDX-License-Identifier: MIT */
/* Go spec, Handling panics, when panics meet: one in a deferred call takes the place of
 * the one that runs it; one that is recovered inside a deferred call does not touch it;
 * calls deferred before run once, whoever runs them. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static char told[64];

static void tell(const char *s)
{
    strcat(told, s);
}

static void expect(const char *s)
{
    if (strcmp(told, s) != 0) {
        fprintf(stderr, "told \"%s\", not \"%s\"\n", told, s);
        _Exit(1);
    }
    told[0] = '\0';
}

static void fail(const char *text)
{
    go_panic("%s", text);
}

static void replaced(void)
{
    go_defer(tell, "1");
    go_defer(fail, "b");
    go_defer(tell, "2");
    go_panic("a");
}

static void replaced_twice(void)
{
    go_defer(fail, "c");
    go_defer(fail, "b");
    go_panic("a");
}

static void recover_here(void)
{
    go_recovered r;
    go_defer(tell, "d");
    CHECK(go_recover(&r, fail, "inner"));
    tell(r.text);
}

static void undisturbed(void)
{
    go_defer(tell, "1");
    go_defer(recover_here);
    go_panic("outer");
}

/* A block that ends by itself, and whose deferred call panics. */
static void at_the_end(void)
{
    go_defer(tell, "1");
    go_defer(fail, "end");
    go_defer(tell, "2");
}

static void again(void)
{
    go_recovered r;
    if (go_recover(&r, fail, "x"))
        go_panic("%s again", r.text);
}

static void deep(int n)
{
    go_recovered r;
    if (n == 0)
        go_panic("0");
    CHECK(go_recover(&r, deep, n - 1));
    CHECK_EQ(atoi(r.text), n - 1);
    go_panic("%d", n);
}

int main(void)
{
    go_recovered r;
    CHECK(go_recover(&r, replaced));
    CHECK(strcmp(r.text, "b") == 0);
    expect("21");
    CHECK(go_recover(&r, replaced_twice));
    CHECK(strcmp(r.text, "c") == 0);
    CHECK(go_recover(&r, undisturbed));
    CHECK(strcmp(r.text, "outer") == 0);
    expect("innerd1");
    CHECK(go_recover(&r, at_the_end));
    CHECK(strcmp(r.text, "end") == 0);
    expect("21");
    CHECK(go_recover(&r, again));
    CHECK(strcmp(r.text, "x again") == 0);
    CHECK(go_recover(&r, deep, 30));
    CHECK_EQ(atoi(r.text), 30);
}
