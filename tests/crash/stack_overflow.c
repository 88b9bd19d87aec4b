/* SPDX-License-Identifier: MIT */
/* Go: a stack overflow is reported as one, naming the goroutine and where it was
 * made; the middle of the recursion is left out. */
#include <goroutine.h>

static __attribute__((noinline)) int descend(int depth)
{
    volatile char frame[500];
    frame[0] = (char)depth;
    return depth < 0 ? 0 : descend(depth + 1) + frame[0];
}

static void too_deep(int from)
{
    volatile int sum = descend(from);
    (void)sum;
}

static __attribute__((noinline)) void start_it(void)
{
    go(too_deep, 0);
    go_yield();
}

int main(void)
{
    start_it();
    go_sleep(10 * GO_SECOND);
    return 0;
}
