/* SPDX-License-Identifier: MIT */
/* A panic in one goroutine ends all; only its own deferred calls run. */
#include <goroutine.h>
#include <stdio.h>

static void say(const char *s)
{
    printf("%s\n", s);
    fflush(stdout);
}

static void body(void)
{
    go_defer(say, "in the goroutine");
    go_panic("not recovered");
}

int main(void)
{
    go_defer(say, "never printed");
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, body);
    go_waitgroup_wait(&wg);
    say("never printed");
}
