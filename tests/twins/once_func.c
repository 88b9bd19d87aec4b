/* SPDX-License-Identifier: MIT */
/* A function that runs at its first call only, whoever calls. */
#include <goroutine.h>
#include <stdio.h>

static go_once_func setup;
static int ran;

static void set_up(const char *who)
{
    ran++;
    printf("set up for %s\n", who);
}

static void call(void)
{
    go_once_call(&setup, set_up, "all");
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, call);
    go_waitgroup_wait(&wg);
    call();
    printf("ran %d\n", ran);
}
