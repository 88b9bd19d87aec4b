/* SPDX-License-Identifier: MIT */
/* Go: an uncaught panic in any goroutine ends the program; the trace has every
 * frame of it, innermost first, and who made it, at any depth of making. */
#include <goroutine.h>
#include <stdio.h>

static __attribute__((noinline)) int innermost(int v)
{
    if (v >= 0)
        go_panic("v is %d", v);
    return v;
}

static __attribute__((noinline)) int middle(int v)
{
    return innermost(v + 1) + 1;
}

static void grandchild(int v)
{
    printf("%d\n", middle(v) + 1);
}

static __attribute__((noinline)) void child(void)
{
    go(grandchild, 41);
    go_sleep(GO_SECOND);
}

int main(void)
{
    go(child);
    go_sleep(10 * GO_SECOND);
    return 0;
}
