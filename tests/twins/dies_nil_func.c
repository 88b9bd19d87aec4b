/* SPDX-License-Identifier: MIT */
/* A table of handlers with a hole in it: starting no function is fatal. */
#include <goroutine.h>
#include <stdio.h>

static go_chan(const char *) out;

static void greet(void)
{
    go_send(out, "hello");
}

static void part(void)
{
    go_send(out, "good bye");
}

int main(void)
{
    out = go_make(const char *, 0);
    void (*handlers[])(void) = { greet, part, NULL };
    for (int i = 0; i < 3; i++) {
        go(handlers[i]);
        const char *s;
        go_recv(out, &s);
        printf("%s\n", s);
    }
}
