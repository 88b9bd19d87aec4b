/* SPDX-License-Identifier: MIT */
/* A panic is recovered, and another raised from its text. */
#include <goroutine.h>
#include <stdio.h>

static void parse(const char *s)
{
    if (*s < '0' || *s > '9')
        go_panic("not a digit: %c", *s);
    printf("digit %c\n", *s);
}

static void parse_all(const char *s)
{
    go_recovered r;
    for (; *s; s++)
        if (go_recover(&r, parse, s))
            go_panic("parse_all: %s", r.text);
}

int main(void)
{
    static const char *const inputs[] = { "12", "3x4", "", "!" };
    go_recovered r;
    for (int i = 0; i < 4; i++) {
        if (go_recover(&r, parse_all, inputs[i]))
            printf("%d failed: %s\n", i, r.text);
        else
            printf("%d is good\n", i);
    }
}
