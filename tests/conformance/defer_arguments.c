/* SPDX-License-Identifier: MIT */
/* go_defer takes what go takes: any function, up to 8 arguments of any type, kept until
 * the block is left. */
#include "check.h"

#include <goroutine.h>
#include <stdint.h>
#include <string.h>

struct large {
    int64_t v[20];
};

static double sum;
static char text[64];

static double all(char a, short b, int c, long long d, float e, double f, const char *g,
                  struct large *h)
{
    sum = a + b + c + (double)d + e + f + g[0] + (double)h->v[19];
    return sum;
}

static struct large twice(double d, int i)
{
    struct large r = { .v = { (int64_t)d * 2, i } };
    sum = (double)r.v[0] + i;
    return r;
}

static void copy(const char *s, size_t n)
{
    memcpy(text, s, n);
}

static void none(void)
{
    sum = -1;
}

struct flags {
    unsigned low : 3, high : 5;
};

static void bits(unsigned v)
{
    sum = v;
}

int main(void)
{
    struct large l = { .v = { [19] = 1000 } };
    {
        go_defer(all, 1, 2, 3, 4, 5.5f, 6.25, "A", &l);
    }
    CHECK(sum == 1 + 2 + 3 + 4 + 5.5 + 6.25 + 'A' + 1000);
    {
        double (*f)(char, short, int, long long, float, double, const char *, struct large *) = all;
        go_defer(f, 'a', 2.0, 3L, 4, 5, 6, "B", &l); /* converted as in a call */
        f = NULL;
    }
    CHECK(sum == 'a' + 2 + 3 + 4 + 5 + 6 + 'B' + 1000);
    {
        go_defer(twice, 4.5, 3);
    }
    CHECK(sum == 8 + 3);
    {
        char array[] = "array";
        go_defer(copy, array, sizeof array);
        array[0] = 'A';
    }
    CHECK(strcmp(text, "Array") == 0);
    {
        go_defer(none);
    }
    CHECK(sum == -1);
    {
        struct flags v = { 5, 17 };
        go_defer(bits, v.high);
        v.high = 0;
    }
    CHECK(sum == 17);
    for (int i = 0; i < 1000; i++) {
        struct large *p = &l;
        p->v[19] = i;
        go_defer(all, 0, 0, 0, 0, 0, 0, "", p);
    }
    CHECK(sum == 999);
}
