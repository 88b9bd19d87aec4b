/* SPDX-License-Identifier: MIT */
/* Merge sort by streams: each half is sorted by a goroutine that sends it in order. */
#include <goroutine.h>
#include <stdio.h>

enum { COUNT = 60 };

static void sort(const int *a, int n, go_chan(int) out)
{
    if (n == 1) {
        go_send(out, a[0]);
        go_close(out);
        return;
    }
    go_chan(int) left = go_make(int, 1), right = go_make(int, 1);
    go(sort, a, n / 2, left);
    go(sort, a + n / 2, n - n / 2, right);
    int l, r;
    bool more_l = go_recv(left, &l), more_r = go_recv(right, &r);
    while (more_l || more_r) {
        if (more_l && (!more_r || l <= r)) {
            go_send(out, l);
            more_l = go_recv(left, &l);
        } else {
            go_send(out, r);
            more_r = go_recv(right, &r);
        }
    }
    go_drop(left);
    go_drop(right);
    go_close(out);
}

int main(void)
{
    int a[COUNT];
    uint32_t seed = 7;
    for (int i = 0; i < COUNT; i++) {
        seed = seed * 1664525 + 1013904223;
        a[i] = (int)(seed >> 24);
    }
    go_chan(int) out = go_make(int, 0);
    go(sort, a, COUNT, out);
    int i = 0;
    go_range (v, out)
        printf("%d%c", v, ++i % 10 ? ' ' : '\n');
    go_drop(out);
}
