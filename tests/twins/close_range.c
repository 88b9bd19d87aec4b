/* SPDX-License-Identifier: MIT */
/* The sender closes the channel; that ends the loop of the receiver. */
#include <goroutine.h>
#include <stdio.h>

static void fibonacci(int n, go_chan(int) c)
{
    int a = 0, b = 1;
    for (int i = 0; i < n; i++) {
        go_send(c, a);
        int sum = a + b;
        a = b;
        b = sum;
    }
    go_close(c);
}

int main(void)
{
    go_chan(int) c = go_make(int, 5);
    go(fibonacci, 15, c);

    int count = 0, sum = 0;
    go_range (v, c) {
        printf("%d\n", v);
        count++;
        sum += v;
    }
    printf("%d numbers, sum %d\n", count, sum);
    go_drop(c);
}
