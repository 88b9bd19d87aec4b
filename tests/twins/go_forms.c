/* SPDX-License-Identifier: MIT */
/* A goroutine may be given arguments of every type, a name, a stack. */
#include <goroutine.h>
#include <stdio.h>

struct vec {
    double x, y;
};

static void mixed(go_chan(double) out, char a, short b, int64_t c, float d, struct vec e,
                  const char *f, double (*g)(struct vec))
{
    go_send(out, a + b + (double)c + d + g(e) + f[0]);
}

static double dot(struct vec v)
{
    return v.x * v.x + v.y * v.y;
}

static int64_t depth(int n)
{
    volatile char frame[512] = { 0 };
    return n == 0 ? frame[0] : 1 + depth(n - 1) + frame[511];
}

static void deep(go_chan(double) out, int n)
{
    go_send(out, (double)depth(n));
}

static int with_result(go_chan(double) out)
{
    go_send(out, 3);
    return 4; /* dropped */
}

static void show(go_chan(double) out)
{
    double v;
    go_recv(out, &v);
    printf("%.2f\n", v);
}

int main(void)
{
    go_chan(double) out = go_make(double, 0);
    go(mixed, out, 1, 2, 3, 0.25f, ((struct vec){ 3, 4 }), "A", dot);
    show(out);
    go_with(go_attr(.name = "deep", .stack = 4 << 20), deep, out, 2000);
    show(out);
    if (go_try(with_result, out) == 0)
        show(out);
    void (*f)(go_chan(double), int) = deep;
    go(f, out, 5);
    show(out);
    go_drop(out);
}
