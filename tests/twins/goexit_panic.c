/* SPDX-License-Identifier: MIT */
/* Goexit and panics inside each other's deferred calls. */
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

static void exits(void)
{
    go_defer(fail, "raised while exiting");
    go_exit();
}

static void report(const go_recovered *r)
{
    printf("recovered: %s\n", r->text);
}

/* The panic ends here, the exit does not. */
static void stops_the_panic(void)
{
    static go_recovered r;
    go_defer(say, "outermost");
    go_defer(report, &r);
    go_recover(&r, exits);
    say("never printed");
}

static void exits_from_a_panic(void)
{
    go_defer(say, "outermost");
    go_defer(go_exit);
    go_panic("dropped by the exit");
}

static void exits_twice(void)
{
    go_defer(say, "outermost");
    go_defer(go_exit);
    go_exit();
}

int main(void)
{
    static void (*const bodies[])(void) = { stops_the_panic, exits_from_a_panic, exits_twice };
    for (int i = 0; i < 3; i++) {
        go_waitgroup wg = { 0 };
        go_waitgroup_go(&wg, bodies[i]);
        go_waitgroup_wait(&wg);
        printf("%d has ended\n", i);
    }
}
