/* SPDX-License-Identifier: MIT */
/* A stack without a lock: pushed by compare and swap, taken over as a whole by a
 * swap. */
#include <goroutine.h>
#include <stdio.h>

enum { PUSHERS = 6, EACH = 100 };

struct node {
    struct node *next;
    int value;
};

static struct node nodes[PUSHERS][EACH];
static go_ptr(struct node) top;

static void push(struct node *n)
{
    do {
        n->next = go_ptr_load(&top);
    } while (!go_ptr_compare_and_swap(&top, n->next, n));
}

static void pusher(int id)
{
    for (int i = 0; i < EACH; i++) {
        nodes[id][i].value = id * 1000 + i;
        push(&nodes[id][i]);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int id = 0; id < PUSHERS; id++)
        go_waitgroup_go(&wg, pusher, id);

    int count = 0, sum = 0, batches_in_order = 1;
    while (count < PUSHERS * EACH) {
        int last[PUSHERS];
        for (int i = 0; i < PUSHERS; i++)
            last[i] = EACH;
        /* Of one pusher, the newest comes first. */
        for (struct node *n = go_ptr_swap(&top, NULL); n; n = n->next) {
            int id = n->value / 1000, i = n->value % 1000;
            batches_in_order &= i < last[id];
            last[id] = i;
            count++;
            sum += n->value;
        }
        go_yield();
    }
    go_waitgroup_wait(&wg);
    printf("count %d sum %d\n", count, sum);
    printf("last in, first out: %s\n", batches_in_order ? "true" : "false");
}
