/* SPDX-License-Identifier: MIT */
/* The trace of a goroutine that a timer started says who asked for it. */
#include <goroutine.h>
#include <stdio.h>

static __attribute__((noinline)) void shout(const char *what)
{
    go_chan(int) c = NULL;
    fprintf(stderr, "%s\n", what);
    go_close(c);
}

static __attribute__((noinline)) void ask(void)
{
    go_timer_drop(go_after_func(GO_MILLISECOND, shout, "late"));
}

int main(void)
{
    go(ask);
    go_sleep(GO_MINUTE);
}
