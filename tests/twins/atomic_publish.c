/* SPDX-License-Identifier: MIT */
/* What was written before a flag was set is seen by whoever sees the flag. */
#include <goroutine.h>
#include <stdio.h>

enum { MESSAGES = 40, WORDS = 16 };

static uint32_t mailbox[WORDS]; /* the reader's while full, the writer's else */
static go_bool full;

static void writer(void)
{
    for (uint32_t m = 1; m <= MESSAGES; m++) {
        while (go_bool_load(&full))
            go_yield();
        for (uint32_t i = 0; i < WORDS; i++)
            mailbox[i] = m * (i + 1);
        go_bool_store(&full, true);
    }
}

int main(void)
{
    go(writer);
    uint32_t wrong = 0, sum = 0;
    for (uint32_t m = 1; m <= MESSAGES; m++) {
        while (!go_bool_load(&full))
            go_yield();
        for (uint32_t i = 0; i < WORDS; i++) {
            wrong += mailbox[i] != m * (i + 1);
            sum += mailbox[i];
        }
        go_bool_store(&full, false);
    }
    printf("wrong %u sum %u\n", (unsigned)wrong, (unsigned)sum);
}
