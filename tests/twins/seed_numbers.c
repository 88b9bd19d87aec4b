/* SPDX-License-Identifier: MIT */
/* A goroutine sends five numbers, slowly; main receives them as they come. */
#include <goroutine.h>
#include <stdio.h>

static void print_numbers(go_chan(int) c)
{
    for (int i = 1; i <= 5; i++) {
        go_send(c, i);
        go_sleep(50 * GO_MILLISECOND);
    }
    go_close(c);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(print_numbers, c);

    go_range (num, c)
        printf("Received: %d\n", num);
    go_drop(c);
}
