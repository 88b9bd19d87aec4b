/* SPDX-License-Identifier: MIT */
/* A goroutine that is locked to its thread keeps it through every wait, until as
 * many unlocks as locks. */
#include <goroutine.h>
#include <stdio.h>
#include <unistd.h>

static void stays(go_chan(int) tick, go_chan(const char *) report)
{
    go_lock_thread();
    go_lock_thread();
    pid_t thread = gettid();
    int moved = 0;
    for (int i = 0; i < 50; i++) {
        if (i == 25)
            go_unlock_thread(); /* one lock is left */
        go_recv(tick, NULL);
        go_yield();
        moved += gettid() != thread;
    }
    go_send(report, moved ? "moved" : "stayed");
    go_unlock_thread();
    go_send(report, "unlocked");
}

int main(void)
{
    go_chan(int) tick = go_make(int, 0);
    go_chan(const char *) report = go_make(const char *, 0);
    for (int i = 0; i < 2; i++)
        go(stays, tick, report);
    for (int i = 0; i < 100; i++)
        go_send(tick, i);
    int stayed = 0, unlocked = 0;
    for (int i = 0; i < 4; i++) {
        const char *s;
        go_recv(report, &s);
        stayed += s[0] == 's';
        unlocked += s[0] == 'u';
    }
    printf("stayed %d unlocked %d\n", stayed, unlocked);
    go_drop(tick);
    go_drop(report);
}
