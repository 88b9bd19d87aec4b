/* SPDX-License-Identifier: MIT */
/* A binary tree of contexts: cancelling any node ends exactly what is below it. */
#include <goroutine.h>
#include <stdio.h>

enum { N = 15 };

static void show(int cancelled, go_context **node)
{
    printf("%2d:", cancelled);
    for (int i = 0; i < N; i++)
        printf(" %d", go_context_err(node[i]) != 0);
    printf("\n");
}

int main(void)
{
    for (int victim = 0; victim < N; victim++) {
        go_context *node[N];
        for (int i = 0; i < N; i++)
            node[i] = go_context_with_cancel(i ? node[(i - 1) / 2] : go_context_background());
        go_context_cancel(node[victim]);
        show(victim, node);
        for (int i = 0; i < N; i++)
            go_context_drop(node[i]);
    }
}
