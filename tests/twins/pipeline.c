/* SPDX-License-Identifier: MIT */
/* Stages joined by channels; each closes its output when its input ends. */
#include <goroutine.h>
#include <stdio.h>

static void numbers(int n, go_chan(int) out)
{
    for (int i = 1; i <= n; i++)
        go_send(out, i);
    go_close(out);
}

static void squares(go_chan(int) in, go_chan(int) out)
{
    go_range (v, in)
        go_send(out, v * v);
    go_close(out);
}

static void odd(go_chan(int) in, go_chan(int) out)
{
    go_range (v, in) {
        if (v % 2 == 1)
            go_send(out, v);
    }
    go_close(out);
}

int main(void)
{
    go_chan(int) a = go_make(int, 0);
    go_chan(int) b = go_make(int, 0);
    go_chan(int) c = go_make(int, 2);
    go(numbers, 12, a);
    go(squares, a, b);
    go(odd, b, c);

    go_range (v, c)
        printf("%d\n", v);
    go_drop(a); /* the end went through every stage: nobody uses them any more */
    go_drop(b);
    go_drop(c);
}
