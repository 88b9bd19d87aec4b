/* SPDX-License-Identifier: MIT */
/* Readers run together but never see a writer half way. */
#include <goroutine.h>
#include <stdio.h>

struct pair {
    go_rwmutex mu;
    int a, b;
};

static int32_t torn;

static void write_pair(struct pair *p, int times)
{
    for (int i = 0; i < times; i++) {
        go_rwmutex_lock(&p->mu);
        p->a++;
        p->b = -p->a;
        go_rwmutex_unlock(&p->mu);
    }
}

static void read_pair(struct pair *p, int times)
{
    for (int i = 0; i < times; i++) {
        go_rwmutex_rlock(&p->mu);
        if (p->a + p->b != 0)
            go_atomic_add(&torn, 1);
        go_rwmutex_runlock(&p->mu);
    }
}

int main(void)
{
    struct pair p = { 0 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 2; i++)
        go_waitgroup_go(&wg, write_pair, &p, 500);
    for (int i = 0; i < 6; i++)
        go_waitgroup_go(&wg, read_pair, &p, 500);
    go_waitgroup_wait(&wg);
    printf("a %d b %d torn reads %d\n", p.a, p.b, go_atomic_load(&torn));
}
