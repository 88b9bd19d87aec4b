/* SPDX-License-Identifier: MIT */
/* Ending a goroutine from deep inside a call ends that one alone; a wait group
 * takes it as done. */
#include <goroutine.h>
#include <stdio.h>

static int32_t before, after;

static void leave_at(int depth)
{
    if (depth == 0)
        go_exit();
    if (depth > 0)
        leave_at(depth - 1);
    go_atomic_add(&after, 1);
}

static void leaver(int depth)
{
    go_atomic_add(&before, 1);
    leave_at(depth);
    go_atomic_add(&after, 1);
}

static void returns(void)
{
    go_atomic_add(&before, 1);
    go_atomic_add(&after, 1);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, leaver, i);
    for (int i = 0; i < 5; i++)
        go_waitgroup_go(&wg, returns);
    go_waitgroup_wait(&wg);
    printf("began %d, went on to their end %d\n", go_atomic_load(&before), go_atomic_load(&after));
}
