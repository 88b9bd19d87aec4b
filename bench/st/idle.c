/* SPDX-License-Identifier: MIT */
/* CPU time that a program uses while all its threads wait. */
#include "channel.h"

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
    threads_init();
    channel *c = channel_new(0);
    for (int i = 0; i < WAITERS; i++)
        threads_start(waiter, c);
    st_usleep(100000);
    int64_t before = report_cpu();
    st_usleep((st_utime_t)millis * 1000);
    int64_t used = report_cpu() - before;
    printf("idle %.1f us/s\n", (double)used / (double)millis);
    channel_close(c);
}
