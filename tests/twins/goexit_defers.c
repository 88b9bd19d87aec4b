/* SPDX-License-Identifier: MIT */
/* Goexit runs the deferred calls and is not stopped by a recover; a panic is. */
#include <goroutine.h>
#include <stdio.h>

static void say(const char *s)
{
    printf("%s\n", s);
}

static void inner(int how)
{
    go_defer(say, "inner deferred");
    if (how == 0)
        go_exit();
    if (how == 1)
        go_panic("inner");
}

static void body(int how, go_waitgroup *wg)
{
    go_defer(go_waitgroup_done, wg);
    go_defer(say, "body deferred");
    go_recovered r = { "" };
    if (go_recover(&r, inner, how))
        say(r.text);
    say("body goes on");
}

int main(void)
{
    for (int how = 0; how < 3; how++) {
        go_waitgroup wg = { 0 };
        go_waitgroup_add(&wg, 1);
        go(body, how, &wg);
        go_waitgroup_wait(&wg);
        printf("joined %d\n", how);
    }
}
