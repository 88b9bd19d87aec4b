/* SPDX-License-Identifier: MIT */
/* A cache that many read and few fill: each square is computed once. */
#include <goroutine.h>
#include <stdio.h>

enum { KEYS = 50, READERS = 8, ROUNDS = 200 };

static go_rwmutex m;
static int squares[KEYS];
static int computed;

static int square(int key)
{
    go_rwmutex_rlock(&m);
    int s = squares[key];
    go_rwmutex_runlock(&m);
    if (s)
        return s;
    go_rwmutex_lock(&m);
    if (!squares[key]) {
        squares[key] = key * key + 1;
        computed++;
    }
    s = squares[key];
    go_rwmutex_unlock(&m);
    return s;
}

static void reader(go_chan(int) sums)
{
    int sum = 0;
    for (int i = 0; i < ROUNDS; i++)
        sum += square(i % KEYS);
    go_send(sums, sum);
}

int main(void)
{
    go_chan(int) sums = go_make(int, 0);
    for (int i = 0; i < READERS; i++)
        go(reader, sums);
    for (int i = 0; i < READERS; i++) {
        int sum;
        go_recv(sums, &sum);
        printf("sum %d\n", sum);
    }
    printf("computed %d\n", computed);
    go_drop(sums);
}
