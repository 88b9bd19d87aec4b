/* SPDX-License-Identifier: MIT */
/* Go, runtime.Goexit and recover: go_exit is no panic, so go_recover does not stop it.
 * A panic in a deferred call that it runs can be recovered, and then the exit goes on;
 * a go_exit in a deferred call that a panic runs takes the panic's place. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static char told[64];

static void tell(const char *s)
{
    strcat(told, s);
}

static void fail(const char *text)
{
    go_panic("%s", text);
}

static void tell_text(const go_recovered *r)
{
    tell(r->text);
}

static void plain(void)
{
    go_recovered r;
    go_defer(tell, "1");
    CHECK(!go_recover(&r, go_exit));
    tell("never");
}

static void exit_then_panic(void)
{
    go_defer(tell, "3");
    go_defer(fail, "p");
    go_exit();
}

static void stopped(void)
{
    go_recovered r = { "" };
    go_defer(tell, "1");
    go_defer(tell_text, &r);
    (void)go_recover(&r, exit_then_panic);
    tell("never");
}

static void recover_it(void)
{
    CHECK(go_recover(NULL, fail, "q"));
    tell("q");
}

static void stopped_inside(void)
{
    go_defer(tell, "1");
    go_defer(recover_it);
    go_exit();
}

static void panic_then_exit(void)
{
    go_defer(tell, "1");
    go_defer(go_exit);
    go_panic("lost");
}

static void both(void)
{
    go_defer(tell, "1");
    go_recover(NULL, panic_then_exit);
    tell("never");
}

static void run(void (*f)(void), const char *expected)
{
    told[0] = '\0';
    go_join(go_start(f));
    if (strcmp(told, expected) != 0) {
        fprintf(stderr, "told \"%s\", not \"%s\"\n", told, expected);
        _Exit(1);
    }
}

int main(void)
{
    run(plain, "1");
    run(stopped, "3p1");
    run(stopped_inside, "q1");
    run(panic_then_exit, "1");
    run(both, "11");
}
