/* SPDX-License-Identifier: MIT */
/* pipeline - stages joined by channels; closing runs down the line.
 *
 * Each stage holds what it reads and what it writes, and lets go of both. */
#include <goroutine.h>
#include <stdio.h>

static void count(int n, go_chan(int) out)
{
    for (int i = 1; i <= n; i++)
        go_send(out, i);
    go_close(out);
    go_drop(out);
}

static void square(go_chan(int) in, go_chan(int) out)
{
    go_range (v, in)
        go_send(out, v * v);
    go_close(out);
    go_drop(in);
    go_drop(out);
}

static void keep_odd(go_chan(int) in, go_chan(int) out)
{
    go_range (v, in)
        if (v % 2)
            go_send(out, v);
    go_close(out);
    go_drop(in);
    go_drop(out);
}

int main(void)
{
    go_chan(int) numbers = go_make(int, 0);
    go_chan(int) squares = go_make(int, 0);
    go_chan(int) odd = go_make(int, 0);
    go(count, 10, go_hold(numbers));
    go(square, numbers, go_hold(squares));
    go(keep_odd, squares, go_hold(odd));

    int sum = 0;
    go_range (v, odd) {
        printf("%d ", v);
        sum += v;
    }
    printf("= %d\n", sum);
    go_drop(odd);
    return sum != 165;
}
