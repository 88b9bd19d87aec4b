/* SPDX-License-Identifier: MIT */
/* CPU time that a program uses while all its threads wait. */
#include "channel.h"
#include "nap.h"

enum { WAITERS = 1000 };

static void *waiter(void *c)
{
    long v;
    channel_receive(c, &v);
    return NULL;
}

int main(int argc, char **argv)
{
    long millis = report_count(argc, argv);
    pthread_t t[WAITERS];
    threads_init();
    channel *c = channel_new(1);
    for (int i = 0; i < WAITERS; i++)
        t[i] = threads_start(waiter, c);
    nap_until(report_clock() + 100000000);
    int64_t before = report_cpu();
    nap_until(report_clock() + millis * 1000000);
    int64_t used = report_cpu() - before;
    printf("idle %.1f us/s\n", (double)used / (double)millis);
    channel_close(c);
    threads_join(t, WAITERS);
    channel_free(c);
}
