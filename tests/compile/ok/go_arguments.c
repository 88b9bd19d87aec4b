/* SPDX-License-Identifier: MIT */
/* Every kind of argument and result arrives: go packs the call and another stack makes
 * it.  go_block packs in the same way, and is enough to run this without a scheduler. */
#include "../../check.h"

#include <complex.h>
#include <goroutine.h>
#include <stdarg.h>
#include <string.h>

static int calls;
static int hit(int n)
{
    return go_atomic_add(&calls, n);
}

__extension__ struct empty {};
struct one {
    char c;
};
struct pair {
    int x, y;
};
struct mixed {
    double d;
    long l;
};
struct hfa {
    double a, b, c;
};
struct big {
    long v[9];
};
union either {
    double d;
    long l;
};
enum color { RED, GREEN = 7 };

static void none(void)
{
    hit(1);
}
static void one(int a)
{
    CHECK_EQ(a, -5);
    hit(1);
}
static void two(long a, short b)
{
    CHECK(a == 1L << 40 && b == -3);
    hit(1);
}
static void three(char a, float b, double c)
{
    CHECK(a == 'x' && b == 1.5f && c == -2.25);
    hit(1);
}
static int four(const char *s, const char *array, void *p, int (*f)(const char *))
{
    CHECK(!strcmp(s, "abc") && !strcmp(array, "local") && p == &calls && f == puts);
    return hit(1);
}
static void nulls(void *a, int *b, const char *c, void (*d)(void))
{
    CHECK(!a && !b && !c && !d);
    hit(1);
}
static double five(bool a, unsigned char b, enum color c, long double d, _Complex double e)
{
    CHECK(a == true && b == 255 && c == GREEN && d == 0.1L && creal(e) == 1 && cimag(e) == 2);
    hit(1);
    return 1;
}
static struct pair six(struct pair a, struct mixed b, struct one c, struct empty d, union either e,
                       struct pair *f)
{
    CHECK(a.x == 1 && a.y == 2 && b.d == 3.5 && b.l == 4 && c.c == 'c' && e.d == 6.5 && f->x == 9);
    (void)d;
    hit(1);
    return a;
}
static struct big seven(int a, double b, int c, double d, int e, double f, int g)
{
    CHECK(a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && f == 6 && g == 7);
    hit(1);
    return (struct big){{1, 2, 3, 4, 5, 6, 7, 8, 9}};
}
static long double eight(long a, long b, long c, long d, long e, long f, long g, long h)
{
    CHECK(a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && f == 6 && g == 7 && h == 8);
    hit(1);
    return 3.25L;
}
static struct hfa eight_doubles(double a, double b, double c, double d, double e, double f,
                                double g, double h)
{
    CHECK(a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && f == 6 && g == 7 && h == 8);
    hit(1);
    return (struct hfa){a, b, c};
}
static float mixed_long_double(int a, long double b, struct mixed c, long double d, char e,
                               struct mixed f, long double g, struct mixed h)
{
    CHECK(a == 1 && b == 2 && c.d == 3 && c.l == 4 && d == 5 && e == 6 && f.d == 7 && f.l == 8);
    CHECK(g == 9 && h.d == 10 && h.l == 11);
    hit(1);
    return 0;
}
/* Structs too large for registers.  Clang without blocks refuses them on aarch64. */
#if !defined(__aarch64__) || !defined(__clang__) || defined(__BLOCKS__)
#define LARGE_STRUCTS 1
static void large(struct big a, int b, struct hfa c, struct big d)
{
    CHECK(a.v[0] == 1 && a.v[8] == 9 && b == 3 && c.a == 1 && c.c == 3 && d.v[0] == 11 &&
          d.v[8] == 19);
    hit(1);
}
#endif

__attribute__((warn_unused_result)) static int must_check(int a)
{
    hit(1);
    return a;
}
__attribute__((noreturn)) static void never_returns(int code)
{
    hit(code);
    go_exit();
}
__attribute__((const, noinline)) static int pure(int a)
{
    return a * 2;
}
static int sum(const char *format, ...)
{
    va_list ap;
    int n = 0;
    va_start(ap, format);
    for (; *format; format++)
        n += *format == 'i' ? va_arg(ap, int) : (int)va_arg(ap, double);
    va_end(ap);
    CHECK_EQ(n, 15);
    hit(1);
    return n;
}

static int evaluated;
static int count(int v)
{
    evaluated = evaluated * 10 + v;
    return v;
}
static void in_order(int a, int b, int c)
{
    CHECK(a == 1 && b == 2 && c == 3);
    hit(1);
}

static void scalars(void)
{
    const int minus = -5;
    volatile short small = -3;
    struct {
        int field : 5;
    } bits = {-5};
    char local[] = "local", *pointer = local;

    go_block(none);
    go_block((none));
    go_block(&none);
    go_block(one, minus);
    go_block(one, bits.field);
    go_block(one, -5.75); /* converted, as in a call */
    go_block(two, 1L << 40, small);
    go_block(two, 0x1p40f, (unsigned short)65533);
    go_block(three, 'x', 1.5, -2.25f);
    go_block(four, "abc", local, &calls, puts);
    go_block(nulls, NULL, 0, NULL, 0);
    go_block(five, 3, -1, GREEN, 0.1L, 1 + 2 * I);
    go_block(five, pointer, 255, 7, 0.1L, 1 + 2 * I);
    go_block(eight, 1, 2, 3, 4, 5, 6, 7, 8);
    go_block(eight_doubles, 1, 2.f, 3, 4.L, 5, 6, 7, 8);
    CHECK_EQ(calls, 15);
}

static void objects(void)
{
    struct pair p = {1, 2}, nine = {9, 9};
    const struct mixed m = {3.5, 4};
    union either u = {.d = 6.5};
    static struct empty nothing;

    calls = 0;
    go_block(six, p, m, ((struct one){'c'}), nothing, u, &nine);
    go_block(seven, 1, 2, 3, 4, 5, 6, 7);
    go_block(mixed_long_double, 1, 2, ((struct mixed){3, 4}), 5.f, 6, ((struct mixed){7, 8}), 9,
             ((struct mixed){10, 11}));
    CHECK_EQ(calls, 3);
#ifdef LARGE_STRUCTS
    struct big a = {{1, 2, 3, 4, 5, 6, 7, 8, 9}}, d = {{11, 12, 13, 14, 15, 16, 17, 18, 19}};
    go_block(large, a, 3, ((struct hfa){1, 2, 3}), d);
    CHECK_EQ(calls, 4);
#endif
}

static void functions(void)
{
    int (*pointer)(int) = must_check;
    struct {
        void (*method)(int);
    } object = {one};
    int fd = 3;

    calls = 0;
    go_block(must_check, 1);
    go_block(pointer, 1);
    go_block(*pointer, 1);
    go_block(object.method, -5);
    go_block(pure, fd);
    go_block(sum, "iid", 4, 5, 6.0);
    go_block(fd == 3 ? must_check : pure, 1);
    go_block(in_order, count(1), count(2), count(3));
    CHECK_EQ(evaluated, 123);
    CHECK_EQ(calls, 7);
}

/* Results on the x87 stack must not pile up. */
static void results(void)
{
    long double x = 1;
    for (int i = 0; i < 20; i++)
        go_block(eight, 1, 2, 3, 4, 5, 6, 7, 8);
    for (int i = 0; i < 20; i++)
        x *= 2;
    CHECK(x == 1L << 20);
}

/* An array of variable length, a call within an argument, several on a line. */
static void first_is(int n, int (*rows)[])
{
    CHECK_EQ((*rows)[0], n);
    hit(1);
}
static int nested(int v)
{
    go_block(one, -5); go_block(one, -5);
    return v;
}
#pragma GCC diagnostic ignored "-Wshadow" /* of the macro's own names */
static inline __attribute__((always_inline)) void inlined(int v)
{
    go_block(one, v);
}
inline void shared_inline(int v)
{
    go_block(one, v);
}
extern void shared_inline(int v);
static void contexts(int n)
{
    int rows[n][n];
    rows[0][0] = n;
    calls = 0;
    go_block(first_is, n, &rows[0]);
    go_block(in_order, __extension__({
                 go_block(one, -5);
                 1;
             }), nested(2), 3);
    if (n)
        go_block(one, -5);
    else
        go_block(none);
    for (int i = 0; i < 2; i++)
        go_block(must_check, i);
    for (int i = 0; i < 3; i++)
        inlined(-5);
    inlined(-5);
    shared_inline(-5);
    CHECK_EQ(calls, 13);
}

int main(void)
{
    scalars();
    objects();
    functions();
    results();
    contexts(3);
    go_waitgroup wg = {0};
    calls = 0;
    go_waitgroup_go(&wg, one, -5);
    go_waitgroup_go(&wg, never_returns, 10);
    go(one, -5);
    CHECK_EQ(go_try(never_returns, 100), 0);
    go_with(go_attr(.name = "named", .stack = 1 << 16), never_returns, 1000);
    go_with((go_attr){.name = "named"}, none);
    go_waitgroup_wait(&wg);
    while (go_count() > 1)
        go_yield();
    CHECK_EQ(calls, 1113);
    return 0;
}
