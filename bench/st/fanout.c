/* SPDX-License-Identifier: MIT */
/* Fan out and join: a spawner, for there is one thread of the kernel, starts threads by the
 * hundred and waits for each hundred. */
#include "threads.h"

enum { BATCH = 100 };

static void *leaf(void *group)
{
    group_done(group);
    return NULL;
}

int main(int argc, char **argv)
{
    long batches = report_count(argc, argv) / BATCH;
    struct group leaves;
    threads_init();
    group_init(&leaves);
    struct report_span start = report_start();
    for (long b = 0; b < batches; b++) {
        for (int i = 0; i < BATCH; i++) {
            leaves.running++;
            threads_start(leaf, &leaves);
        }
        group_wait(&leaves);
    }
    report_per_op("fanout", start, batches * BATCH);
    group_free(&leaves);
}
