/* SPDX-License-Identifier: MIT */
/* Two threads wake each other, while nothing else runs. */
#include "echo.h"

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    struct echo e;
    threads_init();
    echo_start(&e);
    struct report_span start = report_start();
    echo_trips(&e, "wake", n);
    report_micros_per_op("wake", start, n);
    echo_end(&e);
}
