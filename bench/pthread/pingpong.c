/* SPDX-License-Identifier: MIT */
/* Round trips of two threads over two queues of one place; or of many such pairs, which
 * share the count. */
#include "echo.h"

static long each;

static void *pair(void *arg)
{
    struct echo e;
    echo_start(&e);
    echo_trips(&e, "pingpong", each);
    echo_end(&e);
    return arg;
}

int main(int argc, char **argv)
{
    long pairs = report_size(argc, argv, 1);
    each = report_count(argc, argv) / pairs;
    pthread_t *t = calloc((size_t)pairs, sizeof *t);
    if (!t)
        report_fail("out of memory");
    threads_init();
    struct report_span start = report_start();
    for (long i = 0; i < pairs; i++)
        t[i] = threads_start(pair, NULL);
    threads_join(t, pairs);
    report_per_op("pingpong", start, each * pairs);
    free(t);
}
