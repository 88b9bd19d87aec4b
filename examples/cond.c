/* SPDX-License-Identifier: MIT */
/* cond - a gate: some wait until it is opened, then all pass.
 *
 * Where a channel fits, take the channel; a condition is for state that several
 * look at under one lock. */
#include <goroutine.h>
#include <stdio.h>

static struct {
    go_mutex lock; /* protects all below */
    go_cond changed;
    bool open;
    int waiting, passed;
} gate;

static void visitor(void)
{
    go_with_lock (&gate.lock) {
        gate.waiting++;
        go_cond_broadcast(&gate.changed);
        while (!gate.open)
            go_cond_wait(&gate.changed, &gate.lock);
        gate.passed++;
    }
}

int main(void)
{
    enum { VISITORS = 10 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < VISITORS; i++)
        go_waitgroup_go(&wg, visitor);

    go_with_lock (&gate.lock) {
        while (gate.waiting < VISITORS)
            go_cond_wait(&gate.changed, &gate.lock);
        printf("%d wait, %d have passed\n", gate.waiting, gate.passed);
        gate.open = true;
        go_cond_broadcast(&gate.changed);
    }
    go_waitgroup_wait(&wg);
    printf("%d have passed\n", gate.passed);
    return gate.passed != VISITORS;
}
