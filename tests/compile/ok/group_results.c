/* SPDX-License-Identifier: MIT */
/* A group packs calls as go does, and brings back what they return, whatever their
 * arguments: in registers, on the stack, structs, numbers to be converted.  A function
 * left with a context is packed alike. */
#include "../../check.h"

#include <goroutine.h>
#include <string.h>

struct pair {
    int x, y;
};
struct mixed {
    double d;
    long l;
};

static int none(void)
{
    return -1;
}
static int one(long v)
{
    return (int)v;
}
static int doubles(double a, float b, const char *s)
{
    return (int)(a * 10 + b) + (int)strlen(s);
}
static int structs(struct pair a, struct mixed b, int *out)
{
    *out = a.x + (int)b.d;
    return a.y + (int)b.l;
}
static int eight(long a, long b, long c, long d, long e, long f, long g, long h)
{
    return (int)(a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8);
}
static int many(struct mixed a, long double b, struct mixed c, long double d, char e,
                struct mixed f, long double g, struct mixed h)
{
    return (int)(a.d + b + c.d + d + f.d + g + h.d) + e + (int)(a.l + c.l + f.l + h.l);
}
static int zero(int *called)
{
    go_atomic_add(called, 1);
    return 0;
}
static int leave(int *called)
{
    go_atomic_add(called, 1);
    go_exit();
}

#define RESULT(...)                                                                                \
    __extension__({                                                                                \
        go_group *group = go_group_new(NULL);                                                      \
        go_group_go(group, __VA_ARGS__);                                                           \
        go_group_wait(group);                                                                      \
    })

static void results(void)
{
    int (*pointer)(long) = one;
    int x = 0;
    CHECK_EQ(RESULT(none), -1);
    CHECK_EQ(RESULT(one, 77), 77);
    CHECK_EQ(RESULT(one, 'a'), 'a');
    CHECK_EQ(RESULT(pointer, INT32_MIN), INT32_MIN);
    CHECK_EQ(RESULT(&one, 5u), 5);
    CHECK_EQ(RESULT(doubles, 4, 2.5, "abc"), 45);
    CHECK_EQ(RESULT(structs, ((struct pair){1, 2}), ((struct mixed){3.5, 4}), &x), 6);
    CHECK_EQ(x, 4);
    CHECK_EQ(RESULT(eight, 1, 2, 3, 4, 5, 6, 7, 8), 204);
    struct mixed m = {1, 2};
    CHECK_EQ(RESULT(many, m, 10, m, 20.0, 3, m, 30.0f, m), 75);
    int called = 0;
    CHECK(RESULT(zero, &called) == 0 && called == 1);
    CHECK(RESULT(leave, &called) == 0 && called == 2);
}

static int order;
static int next(void)
{
    return ++order;
}
static int digits(int a, int b, int c)
{
    return a * 100 + b * 10 + c;
}

/* Operands are evaluated once, in the caller, also by a try that is refused. */
static void operands(void)
{
    go_group *g = go_group_new(NULL);
    CHECK(go_group_try_go((next(), g), digits, next(), next(), next()));
    go_chan(int) c = go_make(int, 0);
    CHECK_EQ(go_group_wait(g), 234);
    g = go_group_new(NULL);
    go_group_set_limit(g, 0);
    CHECK(!go_group_try_go(g, digits, next(), 0, 0) && order == 5);
    if (go_group_try_go(g, none))
        CHECK(0);
    else
        CHECK_EQ(go_group_wait(g), 0);
    go_drop(c);
}

static double store(struct pair p, double d, go_chan(double) out)
{
    go_send(out, p.x + p.y + d);
    return d;
}

static void after(void)
{
    go_chan(double) out = go_make(double, 1);
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_after *a = go_context_after_func(ctx, store, ((struct pair){1, 2}), 3, out);
    go_context_after *b = go_context_after_func(ctx, store, ((struct pair){1, 2}), 3, out);
    CHECK(go_context_after_stop(a));
    go_context_cancel(ctx);
    double got;
    CHECK(go_recv(out, &got) && got == 6);
    go_context_after_drop(b);
    CHECK_EQ(go_select(go_on_done(ctx), go_on_recv(out, &got)), 0);
    go_context_drop(ctx);
    go_drop(out);
}

int main(void)
{
    results();
    operands();
    after();
    return 0;
}
