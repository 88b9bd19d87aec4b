/* SPDX-License-Identifier: MIT */
/* The main goroutine may end itself; the others go on, and when they are gone too
 * the program dies of it. */
#include <goroutine.h>
#include <stdio.h>

static void count_down(go_chan(int) c)
{
    go_range (n, c) {
        printf("%d\n", n);
        if (n > 0)
            go_send(c, n - 1);
        else
            go_close(c);
    }
    printf("the last one ends\n");
}

int main(void)
{
    go_chan(int) c = go_make(int, 1);
    go_send(c, 3);
    go(count_down, c);
    go_exit();
}
