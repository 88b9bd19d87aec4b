/* SPDX-License-Identifier: MIT */
/* A panic in a deferred call replaces the first, unless it is recovered there. */
#include <goroutine.h>
#include <stdio.h>

static void fail(const char *text)
{
    printf("panicking: %s\n", text);
    go_panic("%s", text);
}

static void cleanup(void)
{
    go_recovered r;
    if (go_recover(&r, fail, "while cleaning up"))
        printf("cleanup recovered: %s\n", r.text);
}

static void replaced(void)
{
    go_defer(fail, "the second");
    go_panic("the first");
}

static void kept(void)
{
    go_defer(cleanup);
    go_panic("the only one");
}

static void try_it(void (*f)(void))
{
    go_recovered r;
    if (go_recover(&r, f))
        printf("recovered: %s\n", r.text);
    else
        printf("no panic\n");
}

static void calm(void)
{
}

int main(void)
{
    try_it(replaced);
    try_it(kept);
    try_it(calm);
}
