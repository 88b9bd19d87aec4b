/* SPDX-License-Identifier: MIT */
/* seed2 - three tasks at once, each counting by the second.
 *
 * main gives them five seconds and returns; that ends the program, whatever the
 * others do.  An argument gives the second's length in milliseconds. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t second = GO_SECOND;

static void task(int id)
{
    for (int i = 0; i < 5; i++) {
        printf("Task %d: %d\n", id, i);
        go_sleep(second);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1)
        second = atoi(argv[1]) * GO_MILLISECOND;
    setvbuf(stdout, NULL, _IOLBF, 0);

    for (int i = 0; i < 3; i++)
        go(task, i);
    go_sleep(5 * second);
}
