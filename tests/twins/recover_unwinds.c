/* SPDX-License-Identifier: MIT */
/* A panic runs the deferred calls of every frame up to the one that recovers. */
#include <goroutine.h>
#include <stdio.h>

static void enter(int depth)
{
    printf("enter %d\n", depth);
}

static void leave(int depth)
{
    printf("leave %d\n", depth);
}

static void descend(int depth)
{
    enter(depth);
    go_defer(leave, depth);
    if (depth < 4)
        descend(depth + 1);
    else if (depth == 4)
        go_panic("too deep: %d", depth);
    printf("never printed\n");
}

int main(void)
{
    go_recovered r;
    if (go_recover(&r, descend, 0))
        printf("recovered: %s\n", r.text);
    printf("main goes on\n");
}
