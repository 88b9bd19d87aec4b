/* SPDX-License-Identifier: MIT */
/* Pattern: one task asks for more than a weighted semaphore has; nobody can ever give it.
 * Report: main waiting for the group, the task in semacquire. */
#include "corpus.h"

static go_sema memory = GO_SEMA_INIT(10);

static void task(int64_t need)
{
    go_sema_acquire(&memory, need);
    go_sema_release(&memory, need);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, task, (int64_t)3);
    go_waitgroup_go(&wg, task, (int64_t)11);
    go_waitgroup_wait(&wg);
}
