/* SPDX-License-Identifier: MIT */
/* Values computed at the first use, one needing the other. */
#include <goroutine.h>
#include <stdio.h>

struct limits {
    int low, high;
};

static go_once_value(int) base;
static go_once_value(struct limits) limits;

static int compute_base(void)
{
    printf("base computed\n");
    return 21;
}

static struct limits compute_limits(void)
{
    printf("limits computed\n");
    int b = go_once_get(&base, compute_base);
    return (struct limits){ b - 1, 2 * b };
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        struct limits l = go_once_get(&limits, compute_limits);
        printf("%d %d %d\n", l.low, l.high, go_once_get(&base, compute_base));
    }
}
