/* SPDX-License-Identifier: MIT */
/* Read and write locks held by a scope are given back when a panic leaves it. */
#include <goroutine.h>
#include <stdio.h>

static go_rwmutex rw;
static int table[3];

static void read_at(int i)
{
    go_with_rlock (&rw) {
        if (i >= 3)
            go_panic("no row %d", i);
        printf("row %d is %d\n", i, table[i]);
    }
}

static void write_at(int i, int v)
{
    go_with_wlock (&rw) {
        if (v < 0)
            go_panic("row %d cannot be %d", i, v);
        table[i] = v;
    }
}

int main(void)
{
    go_recovered r;
    for (int i = 0; i < 5; i++)
        if (go_recover(&r, write_at, i % 3, i == 3 ? -1 : 10 * i))
            printf("%s\n", r.text);
    for (int i = 0; i < 4; i++)
        if (go_recover(&r, read_at, i))
            printf("%s\n", r.text);
    bool free = go_rwmutex_try_lock(&rw);
    printf("unlocked: %s\n", free ? "true" : "false");
}
