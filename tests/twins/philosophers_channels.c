/* SPDX-License-Identifier: MIT */
/* Philosophers whose forks are channels with one fork in each: taken by receiving,
 * laid down by sending; the last one is left-handed. */
#include <goroutine.h>
#include <stdio.h>

enum { SEATS = 5, MEALS = 60 };

struct fork {
    int number, uses;
};

typedef go_chan(struct fork) place;

static void dine(place first, place second, go_chan(int) done)
{
    for (int i = 0; i < MEALS; i++) {
        struct fork a, b;
        go_recv(first, &a);
        go_recv(second, &b);
        a.uses++;
        b.uses++;
        go_send(first, a);
        go_send(second, b);
    }
    go_send(done, MEALS);
}

int main(void)
{
    place table[SEATS];
    for (int i = 0; i < SEATS; i++) {
        table[i] = go_make(struct fork, 1);
        go_send(table[i], (struct fork){ i, 0 });
    }
    go_chan(int) done = go_make(int, 0);
    for (int i = 0; i < SEATS - 1; i++)
        go(dine, table[i], table[i + 1], done);
    go(dine, table[0], table[SEATS - 1], done);
    int meals = 0;
    for (int i = 0; i < SEATS; i++) {
        int n;
        go_recv(done, &n);
        meals += n;
    }
    printf("meals %d\n", meals);
    for (int i = 0; i < SEATS; i++) {
        struct fork f;
        go_recv(table[i], &f);
        printf("fork %d was used %d times\n", f.number, f.uses);
        go_drop(table[i]);
    }
    go_drop(done);
}
