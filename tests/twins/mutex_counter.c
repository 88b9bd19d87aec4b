/* SPDX-License-Identifier: MIT */
/* A counter that many goroutines share under a mutex. */
#include <goroutine.h>
#include <stdio.h>

struct counter {
    go_mutex mu;
    int n[4];
};

static void inc(struct counter *c, int key)
{
    go_with_lock (&c->mu)
        c->n[key]++;
}

static void count(struct counter *c, int g)
{
    for (int i = 0; i < 1000; i++)
        inc(c, (g + i) % 4);
}

int main(void)
{
    struct counter c = { 0 };
    go_waitgroup wg = { 0 };
    for (int g = 0; g < 8; g++)
        go_waitgroup_go(&wg, count, &c, g);
    go_waitgroup_wait(&wg);

    for (int key = 0; key < 4; key++)
        printf("key %d count %d\n", key, c.n[key]);
}
