/* SPDX-License-Identifier: MIT */
/* Skynet: a tree of goroutines, ten children each, sums its leaves' numbers. */
#include "report.h"

#include <goroutine.h>

enum { CHILDREN = 10 };

static void node(go_chan(long) up, long first, long leaves)
{
    if (leaves == 1) {
        go_send(up, first);
        return;
    }
    go_chan(long) sums = go_make(long, 0);
    long part = leaves / CHILDREN, sum = 0, v;
    for (int i = 0; i < CHILDREN; i++)
        go(node, sums, first + i * part, part);
    for (int i = 0; i < CHILDREN; i++) {
        go_recv(sums, &v);
        sum += v;
    }
    go_drop(sums);
    go_send(up, sum);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum;
    go_chan(long) root = go_make(long, 0);
    struct report_span start = report_start();
    go(node, root, 0, n);
    go_recv(root, &sum);
    report_millis("skynet", start);
    if (sum != n * (n - 1) / 2)
        report_fail("skynet: wrong sum %ld", sum);
    go_drop(root);
}
