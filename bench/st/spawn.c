/* SPDX-License-Identifier: MIT */
/* Spawn and exit: one thread starts many, and counts them. */
#include "threads.h"

/* Nothing runs until the spawner waits, and a stack that another left is cheaper than a new
 * one: so it lets them end from time to time. */
enum { AT_ONCE = 1000 };

static void *leaf(void *group)
{
    group_done(group);
    return NULL;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    struct group leaves;
    threads_init();
    group_init(&leaves);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        leaves.running++;
        threads_start(leaf, &leaves);
        if (leaves.running == AT_ONCE)
            group_wait(&leaves);
    }
    group_wait(&leaves);
    report_per_op("spawn", start, n);
    group_free(&leaves);
}
