/* SPDX-License-Identifier: MIT */
/* Deferred calls run whichever return is taken, the newest first. */
#include <goroutine.h>
#include <stdio.h>

static void say(const char *what, int n)
{
    printf("%s %d\n", what, n);
}

static int classify(int v)
{
    go_defer(say, "left with", v);
    if (v < 0)
        return -1;
    go_defer(say, "not negative", v);
    for (int i = 0; i < v; i++)
        if (i == 2)
            return 2;
    return 0;
}

int main(void)
{
    go_defer(say, "main ends", 0);
    for (int v = -1; v < 4; v++)
        printf("classify(%d) = %d\n", v, classify(v));
}
