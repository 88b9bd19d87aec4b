/* SPDX-License-Identifier: MIT */
/* The distance of two words by a wave: a goroutine for every row passes its cells
 * down to the next as soon as they are known. */
#include <goroutine.h>
#include <stdio.h>
#include <string.h>

static int min3(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

static void row(char letter, int number, const char *word, go_chan(int) above, go_chan(int) below)
{
    int corner, up, left = number;
    go_recv(above, &corner);
    go_send(below, left);
    for (; *word; word++) {
        go_recv(above, &up);
        left = min3(up + 1, left + 1, corner + (*word != letter));
        corner = up;
        go_send(below, left);
    }
    go_drop(above);
}

static void first_row(int n, go_chan(int) below)
{
    for (int i = 0; i <= n; i++)
        go_send(below, i);
}

static void distance(const char *a, const char *b)
{
    go_chan(int) above = go_make(int, 0);
    int n = (int)strlen(b), last = 0;
    go(first_row, n, above);
    for (int i = 0; a[i]; i++) {
        go_chan(int) below = go_make(int, 0);
        go(row, a[i], i + 1, b, above, below);
        above = below;
    }
    for (int i = 0; i <= n; i++)
        go_recv(above, &last);
    printf("from %s to %s: %d\n", a, b, last);
    go_drop(above);
}

int main(void)
{
    distance("kitten", "sitting");
    distance("saturday", "sunday");
    distance("channel", "channel");
    distance("goroutine", "coroutine");
    distance("wave", "");
}
