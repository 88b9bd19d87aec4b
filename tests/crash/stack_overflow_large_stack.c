/* SPDX-License-Identifier: MIT */
/* Stacks: the report names the limit that the goroutine was given, and the depth
 * reached was near it. */
#include <goroutine.h>
#include <stdio.h>

static char *top;

static __attribute__((noinline)) int descend(int depth)
{
    volatile char frame[1000];
    frame[0] = (char)depth;
    if (top - (char *)frame > 3900 << 10 && top) {
        fprintf(stderr, "3900 KiB deep\n");
        top = NULL;
    }
    return depth < 0 ? 0 : descend(depth + 1) + frame[0];
}

static void too_deep(void)
{
    char here;
    top = &here;
    volatile int sum = descend(0);
    (void)sum;
}

int main(void)
{
    go_with(go_attr(.stack = 4 << 20), too_deep);
    go_sleep(10 * GO_SECOND);
    return 0;
}
