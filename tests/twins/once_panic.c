/* SPDX-License-Identifier: MIT */
/* A once whose function panicked is done. */
#include <goroutine.h>
#include <stdio.h>

static go_once once;

static void setup(void *arg)
{
    printf("setting up for %s\n", (const char *)arg);
    go_panic("setup failed");
}

static void use(const char *who)
{
    go_recovered r;
    if (go_recover(&r, go_once_do, &once, setup, (void *)who))
        printf("%s saw: %s\n", who, r.text);
    else
        printf("%s went on\n", who);
}

int main(void)
{
    use("first");
    use("second");
    use("third");
}
