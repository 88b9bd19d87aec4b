/* SPDX-License-Identifier: MIT */
/* A channel is a reference: copies of it are the same channel, and equal. */
#include <goroutine.h>
#include <stdio.h>

static const char *same(go_chan(int) a, go_chan(int) b)
{
    return a == b ? "the same" : "different";
}

static void put(go_chan(int) c, int v)
{
    go_send(c, v);
}

int main(void)
{
    go_chan(int) a = go_make(int, 2), b = go_make(int, 2);
    go_chan(int) copy = a, nil = NULL;
    printf("a and its copy: %s\n", same(a, copy));
    printf("a and b: %s\n", same(a, b));
    printf("nil and nil: %s\n", same(nil, NULL));
    printf("nil and a: %s\n", same(nil, a));

    put(copy, 5);
    printf("a has %zu, b has %zu\n", go_len(a), go_len(b));
    go_chan(int) swap = a;
    a = b;
    b = swap;
    printf("a has %zu, b has %zu\n", go_len(a), go_len(b));
    int v;
    go_recv(b, &v);
    printf("received %d\n", v);
    go_close(copy);
    bool ok = go_recv(b, &v);
    printf("the copy closed it: %s\n", ok ? "false" : "true");
    go_drop(a);
    go_drop(b);
}
