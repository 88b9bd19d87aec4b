/* SPDX-License-Identifier: MIT */
/* A function that returns a channel: the goroutine behind it makes one value
 * at a time, when somebody asks. */
#include <goroutine.h>
#include <stdio.h>

static void generate_from(int start, int step, go_chan(int) c)
{
    for (int v = start;; v += step)
        go_send(c, v);
}

static go_chan(int) counter(int start, int step)
{
    go_chan(int) c = go_make(int, 0);
    go(generate_from, start, step, c);
    return c;
}

static int next(go_chan(int) c)
{
    int v;
    go_recv(c, &v);
    return v;
}

int main(void)
{
    go_chan(int) evens = counter(0, 2);
    go_chan(int) tens = counter(100, 10);

    for (int i = 0; i < 5; i++) {
        int even = next(evens); /* in C the order of arguments is open */
        printf("%d %d\n", even, next(tens));
    }
    printf("sum of the next two: %d\n", next(evens) + next(tens));
} /* both goroutines still wait to send; the program ends all the same */
