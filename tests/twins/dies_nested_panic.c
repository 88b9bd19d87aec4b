/* SPDX-License-Identifier: MIT */
/* An uncaught panic runs what was deferred, and is told first. */
#include <goroutine.h>
#include <stdio.h>

static void say(const char *s)
{
    printf("%s\n", s);
}

static void fail(const char *text)
{
    go_panic("%s", text);
}

int main(void)
{
    go_defer(say, "deferred first");
    go_defer(fail, "second");
    go_defer(say, "deferred last");
    go_panic("first");
}
