/* SPDX-License-Identifier: MIT */
/* Go, "Go statements": the function and its arguments are evaluated in the
 * caller, at the call; results are dropped; what happened before is seen. */
#include "check.h"

#include <goroutine.h>

struct big {
    double d[40];
    char c;
};

static go_chan(int) done;
static int evaluated;

static int next(void)
{
    return ++evaluated;
}

static void takes(int a, int b, int c)
{
    CHECK_EQ(a, 1);
    CHECK_EQ(b * c, 6); /* the order among arguments is C's: unspecified */
    go_send(done, 1);
}

static void every_type(char a, short b, long long c, float d, double e, long double f, struct big g,
                       const char *h)
{
    CHECK_EQ(a, 'x');
    CHECK_EQ(b, -2);
    CHECK_EQ(c, INT64_MIN);
    CHECK(d == 1.5f && e == -2.25 && f == 3.125L);
    for (int i = 0; i < 40; i++)
        CHECK(g.d[i] == i);
    CHECK_EQ(g.c, 'z');
    CHECK_EQ(h[0], 'h');
    go_send(done, 1);
}

static int returns(int v)
{
    go_send(done, v);
    return v;
}

static struct big returns_struct(int v)
{
    go_send(done, v);
    return (struct big){ .c = 'r' };
}

static void nothing(void)
{
    go_send(done, 0);
}

static void snapshot(int v)
{
    go_send(done, v);
}

static void arguments(void)
{
    int v;
    evaluated = 0;
    int first = next();
    go(takes, first, next(), next());
    CHECK_EQ(evaluated, 3); /* at the call, not later */
    go_recv(done, NULL);

    struct big g = { .c = 'z' };
    for (int i = 0; i < 40; i++)
        g.d[i] = i;
    go(every_type, 'x', -2, INT64_MIN, 1.5, -2.25, 3.125, g, "h");
    g = (struct big){ .c = 0 };
    go_recv(done, NULL);

    go(returns, 5);
    go_recv(done, &v);
    CHECK_EQ(v, 5);
    go(returns_struct, 6);
    go_recv(done, &v);
    CHECK_EQ(v, 6);
    go(nothing);
    go_recv(done, NULL);
}

static void pointers(void)
{
    void (*f)(int) = snapshot;
    void (*table[])(int) = { snapshot, snapshot };
    int v, sum = 0;
    go(f, 1);
    f = NULL; /* evaluated at the call */
    go(table[1], 2);
    for (int i = 0; i < 2; i++) {
        go_recv(done, &v);
        sum += v;
    }
    CHECK_EQ(sum, 3);
    for (int i = 0; i < 100; i++)
        go(snapshot, i); /* each has its own i */
    for (int i = 0; i < 100; i++) {
        go_recv(done, &v);
        sum += v;
    }
    CHECK_EQ(sum, 3 + 4950);
}

static void forms(void)
{
    int v;
    CHECK_EQ(go_try(snapshot, 4), 0);
    go_recv(done, &v);
    CHECK_EQ(v, 4);
    go_with(go_attr(.name = "big", .stack = 1 << 20), snapshot, 5);
    go_recv(done, &v);
    CHECK_EQ(v, 5);
}

int main(void)
{
    done = go_make(int, 0);
    arguments();
    pointers();
    forms();
    go_drop(done);
}
