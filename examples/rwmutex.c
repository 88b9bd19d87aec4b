/* SPDX-License-Identifier: MIT */
/* rwmutex - many read a table at once; who changes it is alone. */
#include <goroutine.h>
#include <stdio.h>

enum { SIZE = 64 };

static struct {
    go_rwmutex lock; /* protects all below */
    int version, cell[SIZE];
} table;

static void rewrite(int versions)
{
    for (int v = 1; v <= versions; v++) {
        go_rwmutex_lock(&table.lock);
        table.version++;
        for (int i = 0; i < SIZE; i++)
            table.cell[i] = table.version;
        go_rwmutex_unlock(&table.lock);
        go_yield();
    }
}

static void look(int times, int *torn)
{
    for (int i = 0; i < times; i++) {
        go_rwmutex_rlock(&table.lock);
        for (int k = 0; k < SIZE; k++)
            *torn += table.cell[k] != table.version;
        go_rwmutex_runlock(&table.lock);
        go_yield();
    }
}

int main(void)
{
    enum { READERS = 8 };
    int torn[READERS] = { 0 }, sum = 0;
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, rewrite, 500);
    go_waitgroup_go(&wg, rewrite, 500);
    for (int i = 0; i < READERS; i++)
        go_waitgroup_go(&wg, look, 2000, &torn[i]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < READERS; i++)
        sum += torn[i];
    printf("version %d, %d torn reads\n", table.version, sum);
    return sum != 0;
}
