/* SPDX-License-Identifier: MIT */
/* Conformance 14: power series by channels, exact coefficients.
 *
 * A series is an unbuffered channel of rational coefficients.  Operators are
 * goroutines that read series and write one, some of them reading their own
 * output: McIlroy's "Squinting at Power Series".  Thousands of goroutines, each
 * short of something another one has to send first. */
#include "support.h"

#include <goroutine.h>

typedef struct {
    int64_t num, den;
} rat;

typedef go_chan(rat) series;

static int64_t gcd(int64_t a, int64_t b)
{
    return b ? gcd(b, a % b) : (a < 0 ? -a : a);
}

/* Operators run some coefficients ahead of who reads them, so that numbers may
 * outgrow int64_t: den 0 then, and for all that is made of it. */
static const rat too_large = { 1, 0 };

static rat make_rat(int64_t num, int64_t den)
{
    int64_t g = gcd(num, den);
    return den == 0 || g <= 0 ? too_large : (rat){ num / g, den / g };
}

static rat rat_add(rat a, rat b)
{
    int64_t g = gcd(a.den, b.den), x, y, num, den;
    if (a.den == 0 || b.den == 0 || __builtin_mul_overflow(a.num, b.den / g, &x) ||
        __builtin_mul_overflow(b.num, a.den / g, &y) || __builtin_add_overflow(x, y, &num) ||
        __builtin_mul_overflow(a.den / g, b.den, &den))
        return too_large;
    return make_rat(num, den);
}

static rat rat_mul(rat a, rat b)
{
    rat x = make_rat(a.num, b.den), y = make_rat(b.num, a.den);
    int64_t num, den;
    if (x.den == 0 || y.den == 0 || __builtin_mul_overflow(x.num, y.num, &num) ||
        __builtin_mul_overflow(x.den, y.den, &den))
        return too_large;
    return make_rat(num, den);
}

static rat get(series s)
{
    rat r;
    CHECK(go_recv(s, &r));
    return r;
}

static series new_series(void)
{
    return go_make(rat, 0);
}

static void do_constant(rat head, rat tail, series out)
{
    for (rat r = head;; r = tail)
        go_send(out, r);
}

static series constant(rat head, rat tail)
{
    series out = new_series();
    go(do_constant, head, tail, out);
    return out;
}

static void do_add(series a, series b, series out)
{
    for (;;) {
        rat x = get(a);
        go_send(out, rat_add(x, get(b)));
    }
}

static series add(series a, series b)
{
    series out = new_series();
    go(do_add, a, b, out);
    return out;
}

static void do_scale(rat k, series a, series out)
{
    for (;;)
        go_send(out, rat_mul(k, get(a)));
}

static series scale(rat k, series a)
{
    series out = new_series();
    go(do_scale, k, a, out);
    return out;
}

static void do_shift(rat head, series a, series out)
{
    go_send(out, head);
    for (;;)
        go_send(out, get(a));
}

/* head + x a */
static series shift(rat head, series a)
{
    series out = new_series();
    go(do_shift, head, a, out);
    return out;
}

static void do_integrate(rat head, series a, series out)
{
    go_send(out, head);
    for (int64_t n = 1;; n++)
        go_send(out, rat_mul(make_rat(1, n), get(a)));
}

static series integrate(rat head, series a)
{
    series out = new_series();
    go(do_integrate, head, a, out);
    return out;
}

enum { LAG = 24 };

/* Both outputs get all of `in`; what one has not taken yet waits here.  Reading
 * on must not keep a held value from who wants it: his progress may be what the
 * next one is made of.  One that takes nothing stops the other LAG later. */
static void do_split(series in, series a, series b)
{
    rat held[LAG] = { { 0, 0 } }, r;
    unsigned na = 0, nb = 0, n = 0; /* taken by a, taken by b, read */
    for (;;) {
        series to_a = na < n ? a : NULL, to_b = nb < n ? b : NULL;
        bool full = n - (na < nb ? na : nb) == LAG;
        series from = full || (to_a && to_b) ? NULL : in;
        switch (go_select(go_on_recv(from, &r), go_on_send(to_a, held[na % LAG]),
                          go_on_send(to_b, held[nb % LAG]))) {
        case 0:
            held[n++ % LAG] = r;
            break;
        case 1:
            na++;
            break;
        case 2:
            nb++;
            break;
        }
    }
}

static void split(series in, series *a, series *b)
{
    *a = new_series();
    *b = new_series();
    go(do_split, in, *a, *b);
}

/* (a0 + x A)(b0 + x B) = a0 b0 + x (a0 B + b0 A + x A B) */
static void do_mul(series a, series b, series out)
{
    rat a0 = get(a), b0 = get(b);
    go_send(out, rat_mul(a0, b0));
    series a1, a2, b1, b2, ab = new_series();
    split(a, &a1, &a2);
    split(b, &b1, &b2);
    go(do_mul, a2, b2, ab);
    series rest = add(add(scale(a0, b1), scale(b0, a1)), shift(make_rat(0, 1), ab));
    for (;;)
        go_send(out, get(rest));
}

static series mul(series a, series b)
{
    series out = new_series();
    go(do_mul, a, b, out);
    return out;
}

/* The solution of S = head + integral of S: e^x for head = 1. */
static series exponential(void)
{
    series loop = new_series(), out;
    series s = integrate(make_rat(1, 1), loop);
    series back;
    split(s, &out, &back);
    go(do_add, back, constant(make_rat(0, 1), make_rat(0, 1)), loop);
    return out;
}

/* tan' = 1 + tan tan */
static series tangent(void)
{
    series loop = new_series(), out, back, u, v;
    series s = integrate(make_rat(0, 1), loop);
    split(s, &out, &back);
    split(back, &u, &v);
    go(do_add, mul(u, v), constant(make_rat(1, 1), make_rat(0, 1)), loop);
    return out;
}

static void check_series(const char *name, series s, const rat *want, int n)
{
    for (int i = 0; i < n; i++) {
        rat r = get(s);
        if (r.num != want[i].num || r.den != want[i].den) {
            fprintf(stderr, "%s: coefficient %d is %lld/%lld\n", name, i, (long long)r.num,
                    (long long)r.den);
            exit(1);
        }
    }
}

int main(void)
{
    static const rat ones[] = { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 } };
    static const rat square[] = { { 1, 1 }, { 2, 1 }, { 3, 1 }, { 4, 1 },
                                  { 5, 1 }, { 6, 1 }, { 7, 1 }, { 8, 1 } };
    static const rat e[] = { { 1, 1 },  { 1, 1 },   { 1, 2 },   { 1, 6 },
                             { 1, 24 }, { 1, 120 }, { 1, 720 }, { 1, 5040 } };
    static const rat tg[] = { { 0, 1 },  { 1, 1 }, { 0, 1 },    { 1, 3 }, { 0, 1 },
                              { 2, 15 }, { 0, 1 }, { 17, 315 }, { 0, 1 }, { 62, 2835 } };
    rat one = make_rat(1, 1);
    int n = test_scale(10, 8);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        check_series("1/(1-x)", constant(one, one), ones, 6);
        check_series("1/(1-x)^2", mul(constant(one, one), constant(one, one)), square, 8);
        check_series("e^x", exponential(), e, 8);
        check_series("tan x", tangent(), tg, n);
    }
}
