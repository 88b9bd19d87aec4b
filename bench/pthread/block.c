/* SPDX-License-Identifier: MIT */
/* Threads that each block for 100 ms in the kernel. */
#include "threads.h"

#include <unistd.h>

static void *block(void *arg)
{
    usleep(100000);
    return arg;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    pthread_t *t = calloc((size_t)n, sizeof *t);
    if (!t)
        report_fail("out of memory");
    threads_init();
    struct report_span start = report_start();
    for (long i = 0; i < n; i++)
        t[i] = threads_start(block, NULL);
    threads_join(t, n);
    report_millis("block", start);
    free(t);
}
