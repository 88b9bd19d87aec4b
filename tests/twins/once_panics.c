/* SPDX-License-Identifier: MIT */
/* A once whose function panics: Do has then been done, OnceValue panics each time. */
#include <goroutine.h>
#include <stdio.h>

static int tries;
static go_once plain;
static go_once_value(int) value;

static void fail_plain(void *arg)
{
    (void)arg;
    go_panic("plain try %d", ++tries);
}

static int fail_value(void)
{
    go_panic("value try %d", ++tries);
}

static void do_plain(void)
{
    go_once_do(&plain, fail_plain, NULL);
}

static void get_value(void)
{
    printf("got %d\n", go_once_get(&value, fail_value));
}

int main(void)
{
    for (int i = 0; i < 3; i++) {
        go_recovered r;
        bool panicked = go_recover(&r, do_plain);
        printf("do: %s\n", panicked ? r.text : "fine");
        panicked = go_recover(&r, get_value);
        printf("get: %s\n", panicked ? r.text : "fine");
    }
}
