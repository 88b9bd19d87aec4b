/* SPDX-License-Identifier: MIT */
/* Power series as streams of coefficients.  The series of exp is its own
 * integral, so it is made by feeding a stream back into itself. */
#include <goroutine.h>
#include <stdio.h>

enum { TERMS = 10 };

struct rat {
    int64_t num, den;
};

/* integral starts with the constant and divides coefficient n by n+1. */
static void integral(struct rat constant, go_chan(struct rat) in, go_chan(struct rat) out)
{
    go_send(out, constant);
    int64_t n = 1;
    go_range (c, in)
        go_send(out, (struct rat){ c.num, c.den * n++ });
    go_close(out);
}

/* split copies TERMS coefficients to two readers, then ends both. */
static void split(go_chan(struct rat) in, go_chan(struct rat) a, go_chan(struct rat) b)
{
    for (int i = 0; i < TERMS; i++) {
        struct rat c;
        go_recv(in, &c);
        go_send(a, c);
        go_send(b, c);
    }
    go_close(a);
    go_close(b);
}

int main(void)
{
    go_chan(struct rat) series = go_make(struct rat, 0);
    go_chan(struct rat) back = go_make(struct rat, 0);
    go_chan(struct rat) whole = go_make(struct rat, 0);
    go(integral, ((struct rat){ 1, 1 }), back, whole);
    go(split, whole, series, back);

    double sum = 0;
    int n = 0;
    go_range (c, series) {
        printf("x^%d: %lld/%lld\n", n++, (long long)c.num, (long long)c.den);
        sum += (double)c.num / (double)c.den;
    }
    while (go_recv(whole, NULL))
        ; /* the term after the last one: let the integral end */
    printf("at 1: %.6f\n", sum);
    go_drop(series);
    go_drop(back);
    go_drop(whole);
}
