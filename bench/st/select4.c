/* SPDX-License-Identifier: MIT */
/* One thread waits for 4 others, each of which waits until its value has been taken. */
#include "inbox.h"

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    inbox_measure("select4", 4, n);
}
