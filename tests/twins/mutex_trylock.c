/* SPDX-License-Identifier: MIT */
/* TryLock of a mutex that is free, held here, and held elsewhere. */
#include <goroutine.h>
#include <stdio.h>

static go_mutex m;

static void try_there(go_chan(bool) c)
{
    bool got = go_mutex_try_lock(&m);
    if (got)
        go_mutex_unlock(&m);
    go_send(c, got);
}

static bool elsewhere(void)
{
    go_chan(bool) c = go_make(bool, 0);
    bool got;
    go(try_there, c);
    go_recv(c, &got);
    go_drop(c);
    return got;
}

static const char *say(bool b)
{
    return b ? "true" : "false";
}

int main(void)
{
    printf("free: %s\n", say(elsewhere()));
    printf("free: %s\n", say(go_mutex_try_lock(&m)));
    printf("held: %s\n", say(go_mutex_try_lock(&m)));
    printf("held: %s\n", say(elsewhere()));
    go_mutex_unlock(&m);
    printf("free again: %s\n", say(elsewhere()));
    go_mutex_lock(&m);
    printf("held again: %s\n", say(elsewhere()));
    go_mutex_unlock(&m);
}
