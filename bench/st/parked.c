/* SPDX-License-Identifier: MIT */
/* The memory of threads that wait, page tables included. */
#include "channel.h"

static channel *c;
static struct group started, ended;

static void *wait_for_close(void *arg)
{
    long v;
    (void)arg;
    group_done(&started);
    channel_receive(c, &v);
    group_done(&ended);
    return NULL;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    c = channel_new(0);
    group_init(&started);
    group_init(&ended);
    long before = report_resident();
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        started.running++;
        ended.running++;
        threads_start(wait_for_close, NULL);
    }
    group_wait(&started);
    report_per_op("parked.spawn", start, n);
    printf("parked %.1f B\n", (double)(report_resident() - before) / (double)n);
    channel_close(c);
    group_wait(&ended);
    channel_free(c);
    group_free(&started);
    group_free(&ended);
}
