/* SPDX-License-Identifier: MIT */
/* A tree of goroutines, ten children each; the leaves send their numbers up and
 * every node sends the sum of its children. */
#include <goroutine.h>
#include <stdio.h>

enum { CHILDREN = 10 };

static void node(go_chan(int) up, int first, int leaves)
{
    if (leaves == 1) {
        go_send(up, first);
        return;
    }
    go_chan(int) c = go_make(int, 0);
    int share = leaves / CHILDREN;
    for (int i = 0; i < CHILDREN; i++)
        go(node, c, first + i * share, share);
    int sum = 0;
    for (int i = 0; i < CHILDREN; i++) {
        int part;
        go_recv(c, &part);
        sum += part;
    }
    go_drop(c);
    go_send(up, sum);
}

int main(void)
{
    static const int sizes[] = { 1, 10, 1000, 10000 };
    go_chan(int) c = go_make(int, 0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int sum;
        go(node, c, 0, sizes[i]);
        go_recv(c, &sum);
        printf("%d leaves, sum %d\n", sizes[i], sum);
    }
    go_drop(c);
}
