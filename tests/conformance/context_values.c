/* SPDX-License-Identifier: MIT */
/* Context: a value is found by the address of its key, the nearest first; values cross
 * every kind of context; one that is owned is destroyed once, with the last that can
 * find it. */
#include "check.h"

#include <goroutine.h>

static char user, trace, other;
static int destroyed;

static void destroy(void *value)
{
    CHECK_EQ(*(int *)value, 1);
    *(int *)value = 0;
    destroyed++;
}

static void test_lookup(void)
{
    int a, b, c;
    go_context *x = go_context_with_value(go_context_background(), &user, &a);
    go_context *y = go_context_with_cancel(x);
    go_context *z = go_context_with_value(y, &trace, &b);
    go_context *w = go_context_with_timeout(z, GO_HOUR);
    go_context *u = go_context_with_value(w, &user, &c);
    go_context *n = go_context_with_value(u, &trace, NULL);
    go_context *l = go_context_without_cancel(n);
    CHECK(go_context_value(x, &user) == &a && !go_context_value(x, &trace));
    CHECK(go_context_value(w, &user) == &a && go_context_value(w, &trace) == &b);
    CHECK(go_context_value(u, &user) == &c && go_context_value(u, &trace) == &b);
    CHECK(go_context_value(l, &user) == &c && !go_context_value(l, &trace)); /* hidden */
    CHECK(!go_context_value(l, &other) && !go_context_value(go_context_todo(), &user));
    go_context *all[] = { x, y, z, w, u, n };
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
        go_context_drop(all[i]);
    CHECK(go_context_value(l, &user) == &c);
    go_context_drop(l);
}

static void test_owned(void)
{
    int v[3] = { 1, 1, 1 };
    go_context *a = go_context_with_value_owned(go_context_background(), &user, &v[0], destroy);
    go_context *b = go_context_with_cancel(a);
    go_context *c = go_context_with_value_owned(b, &user, &v[1], destroy);
    go_context *d = go_context_with_value_owned(b, &trace, &v[2], destroy);
    go_context_drop(a);
    go_context_drop(b);
    go_context_cancel(b); /* its children hold it */
    CHECK_EQ(destroyed, 0);
    go_context_drop(c);
    CHECK(destroyed == 1 && v[1] == 0);
    go_context_drop(go_context_hold(d));
    CHECK(destroyed == 1 && go_context_value(d, &user) == &v[0]);
    go_context_drop(d);
    CHECK(destroyed == 3 && v[0] == 0 && v[2] == 0);
}

/* The destructor drops another chain. */
static void drop_other(void *ctx)
{
    go_context_drop(ctx);
}

static void test_nested_destroy(void)
{
    int v = 1;
    destroyed = 0;
    go_context *inner = go_context_with_value_owned(go_context_todo(), &user, &v, destroy);
    go_context *outer = go_context_with_value_owned(go_context_todo(), &user, inner, drop_other);
    go_context_drop(go_context_with_cancel(outer));
    CHECK_EQ(destroyed, 0);
    go_context_drop(outer);
    CHECK_EQ(destroyed, 1);
}

int main(void)
{
    test_lookup();
    test_owned();
    test_nested_destroy();
    return 0;
}
