/* SPDX-License-Identifier: MIT */
/* Single items in, batches out: a batch goes when it is full, and at the end. */
#include <goroutine.h>
#include <stdio.h>

enum { FULL = 4 };

struct batch {
    int n, items[FULL];
};

static void collect(go_chan(int) in, go_chan(struct batch) out)
{
    struct batch b = { 0 };
    go_range (v, in) {
        b.items[b.n++] = v;
        if (b.n == FULL) {
            go_send(out, b);
            b.n = 0;
        }
    }
    if (b.n > 0)
        go_send(out, b);
    go_close(out);
}

static void produce(go_chan(int) out, int n)
{
    for (int i = 1; i <= n; i++)
        go_send(out, i * i);
    go_close(out);
}

static void run(int n)
{
    go_chan(int) items = go_make(int, 0);
    go_chan(struct batch) batches = go_make(struct batch, 1);
    go(produce, items, n);
    go(collect, items, batches);
    int count = 0;
    go_range (b, batches) {
        printf("batch %d:", ++count);
        for (int i = 0; i < b.n; i++)
            printf(" %d", b.items[i]);
        printf("\n");
    }
    printf("%d items in %d batches\n", n, count);
    go_drop(items);
    go_drop(batches);
}

int main(void)
{
    run(10);
    run(8);
    run(0);
}
