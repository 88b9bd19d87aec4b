/* SPDX-License-Identifier: MIT */
/* The numbers with no other factors than 2, 3 and 5, in order: the stream is fed
 * back to itself, multiplied, and merged. */
#include <goroutine.h>
#include <stdio.h>

enum { COUNT = 40 };

typedef go_chan(int64_t) stream;

static void multiply(int64_t by, stream in, stream out)
{
    go_range (v, in)
        go_send(out, by * v);
    go_close(out);
}

/* next moves the stream on if its head is v. */
static void next(stream s, int64_t *head, int64_t v)
{
    if (*head == v)
        go_recv(s, head);
}

static int64_t min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int main(void)
{
    static const int64_t factors[3] = { 2, 3, 5 };
    stream in[3], out[3];
    int64_t head[3];
    for (int i = 0; i < 3; i++) {
        in[i] = go_make(int64_t, COUNT); /* the stream grows faster than it is used up */
        out[i] = go_make(int64_t, 0);
        go(multiply, factors[i], in[i], out[i]);
        go_send(in[i], 1);
        go_recv(out[i], &head[i]);
    }
    printf("1");
    for (int n = 1; n < COUNT; n++) {
        int64_t v = min(head[0], min(head[1], head[2]));
        printf("%c%lld", n % 10 ? ' ' : '\n', (long long)v);
        for (int i = 0; i < 3; i++) {
            go_send(in[i], v);
            next(out[i], &head[i], v);
        }
    }
    printf("\n");
    for (int i = 0; i < 3; i++) {
        go_close(in[i]);
        int left = 0;
        while (go_recv(out[i], NULL))
            left++;
        printf("left of %lld: %d\n", (long long)factors[i], left);
        go_drop(in[i]);
        go_drop(out[i]);
    }
}
