/* SPDX-License-Identifier: MIT */
/* A thousand goroutines in a row, each adds one to what its neighbour says. */
#include <goroutine.h>
#include <stdio.h>

enum { LINKS = 1000 };

/* whisper owns right, its neighbour on the left owns left. */
static void whisper(go_chan(int) left, go_chan(int) right)
{
    int n;
    go_recv(right, &n);
    go_drop(right);
    go_send(left, 1 + n);
}

int main(void)
{
    go_chan(int) leftmost = go_make(int, 0);
    go_chan(int) left = leftmost;
    for (int i = 0; i < LINKS; i++) {
        go_chan(int) right = go_make(int, 0);
        go(whisper, left, right);
        left = right;
    }

    int n;
    go_send(left, 0);
    go_recv(leftmost, &n);
    printf("whispered through %d goroutines\n", n);
    go_drop(leftmost);
}
