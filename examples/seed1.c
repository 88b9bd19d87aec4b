/* SPDX-License-Identifier: MIT */
/* seed1 - numbers sent over a channel, one a second.
 *
 * The twin in Go ranges over the channel; so does go_range: it ends when the
 * channel is closed and empty.  An argument gives the second's length in
 * milliseconds. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t second = GO_SECOND;

static void print_numbers(go_chan(int) c)
{
    for (int i = 1; i <= 5; i++) {
        go_send(c, i);
        go_sleep(second);
    }
    go_close(c);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        second = atoi(argv[1]) * GO_MILLISECOND;
    setvbuf(stdout, NULL, _IOLBF, 0);

    go_chan(int) c = go_make(int, 0);
    go(print_numbers, c);
    go_range (number, c)
        printf("Received: %d\n", number);
    go_drop(c);
}
