/* SPDX-License-Identifier: MIT */
/* The arguments of go are evaluated by the caller, at the call. */
#include <goroutine.h>
#include <stdio.h>

struct point {
    int x, y;
};

static void report(struct point p, int n, go_chan(int) out)
{
    go_send(out, p.x * 100 + p.y * 10 + n);
}

static int calls;

static int next(void)
{
    return ++calls;
}

int main(void)
{
    go_chan(int) out = go_make(int, 0);
    struct point p = { 1, 2 };
    int saw;

    go(report, p, next(), out);
    printf("next was called %d time\n", calls);
    p = (struct point){ 8, 9 }; /* the goroutine has its own copy */
    go_recv(out, &saw);
    printf("first goroutine saw %d\n", saw);

    go(report, p, next(), out);
    printf("next was called %d times\n", calls);
    go_recv(out, &saw);
    printf("second goroutine saw %d\n", saw);
    go_drop(out);
}
