/* SPDX-License-Identifier: MIT */
/* Three goroutines count side by side; which line comes first is open. */
#include <goroutine.h>
#include <stdio.h>

static void task(int id)
{
    for (int i = 0; i < 5; i++) {
        printf("Task %d: %d\n", id, i);
        go_sleep(100 * GO_MILLISECOND);
    }
}

int main(void)
{
    for (int i = 0; i < 3; i++)
        go(task, i);

    go_sleep(2 * GO_SECOND); /* plenty of time for the goroutines to finish */
}
