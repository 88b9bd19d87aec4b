/* SPDX-License-Identifier: MIT */
/* go_lock_thread at the thread limit: a thread that sleeps because its locked
 * goroutine waits does not count, so that somebody can run what it waits for.
 *
 * It once counted, and with nobody left all of them waited for ever. */
#include "at_limit.h"

#include <goroutine.h>

/* With one thread in all, the one that is locked to main. */
static void main_sleeps(void)
{
    go_lock_thread();
    for (int i = 0; i < 10; i++)
        go_sleep(GO_MILLISECOND);
}

static void take_turns(go_chan(int) c)
{
    go_lock_thread();
    for (int i = 0; i < 100; i++)
        go_yield();
    go_send(c, 1);
}

static void many_locked(void)
{
    go_chan(int) c = go_make(int, 0);
    for (int i = 0; i < 4; i++)
        go(take_turns, c);
    for (int i = 0; i < 4; i++)
        go_recv(c, NULL);
    go_drop(c);
}

int main(int argc, char **argv)
{
    char err[4096];
    const char *child = child_arg(argc, argv);
    if (child) {
        strcmp(child, "main") ? many_locked() : main_sleeps();
        return 0;
    }
    CHECK_EQ(run_at_limit(1, "main", err, sizeof err), 0);
    CHECK_EQ(run_at_limit(1, "many", err, sizeof err), 0);
    CHECK_EQ(run_at_limit(2, "many", err, sizeof err), 0);
}
