/* SPDX-License-Identifier: MIT */
/* Two goroutines that each would send or receive on the same channel: in each
 * round exactly one gives and the other takes; nobody meets himself. */
#include <goroutine.h>
#include <stdio.h>

enum { ROUNDS = 300 };

struct tally {
    int given, taken, sum;
};

static void trade(go_chan(int) table, int id, struct tally *t)
{
    for (int i = 0; i < ROUNDS; i++) {
        int v;
        switch (go_select(go_on_send(table, id), go_on_recv(table, &v))) {
        case 0:
            t->given++;
            break;
        case 1:
            t->taken++;
            t->sum += v;
            break;
        }
    }
}

int main(void)
{
    go_chan(int) table = go_make(int, 0);
    struct tally a = { 0 }, b = { 0 };
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, trade, table, 1, &a);
    go_waitgroup_go(&wg, trade, table, 1000, &b);
    go_waitgroup_wait(&wg);
    printf("trades %d\n", a.given + b.given);
    printf("what one gave the other took: %s\n",
           a.given == b.taken && b.given == a.taken ? "true" : "false");
    printf("from the other alone: %s\n",
           a.sum == 1000 * a.taken && b.sum == b.taken ? "true" : "false");
    go_drop(table);
}
