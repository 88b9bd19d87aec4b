/* SPDX-License-Identifier: MIT */
/* Round trips while eight other threads block in the kernel, 1 ms each time. */
#include "echo.h"

#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BLOCKERS = 8 };

static atomic_bool stop;

static void *blocker(void *arg)
{
    const struct timespec t = { 0, 1000000 };
    while (!atomic_load(&stop))
        syscall(SYS_nanosleep, &t, NULL);
    return arg;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    pthread_t t[BLOCKERS];
    struct echo e;
    threads_init();
    for (int i = 0; i < BLOCKERS; i++)
        t[i] = threads_start(blocker, NULL);
    echo_start(&e);
    struct report_span start = report_start();
    echo_trips(&e, "blockping", n);
    report_per_op("blockping", start, n);
    echo_end(&e);
    atomic_store(&stop, true);
    threads_join(t, BLOCKERS);
}
