/* SPDX-License-Identifier: MIT */
/* Spawn and exit: one thread starts many, and joins them. */
#include "spawner.h"

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    struct report_span start = report_start();
    spawner_run(n);
    report_per_op("spawn", start, n);
}
