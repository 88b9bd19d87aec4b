/* SPDX-License-Identifier: MIT */
/* A grid of goroutines multiplies matrices: rows of one flow from the west, columns
 * of the other from the north, and each cell adds up what meets in it. */
#include <goroutine.h>
#include <stdio.h>

enum { N = 4 };

static go_chan(int64_t) east[N][N + 1], south[N + 1][N];
static int64_t product[N][N];

static void cell(int i, int j)
{
    int64_t a, b;
    while (go_recv(east[i][j], &a) && go_recv(south[i][j], &b)) {
        product[i][j] += a * b;
        go_send(east[i][j + 1], a);
        go_send(south[i + 1][j], b);
    }
    go_close(east[i][j + 1]);
    go_close(south[i + 1][j]);
}

static void source(go_chan(int64_t) out, int first, int step)
{
    for (int k = 0; k < N; k++)
        go_send(out, first + k * step);
    go_close(out);
}

static void sink(go_chan(int64_t) in)
{
    while (go_recv(in, NULL))
        ;
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < N; i++) {
        for (int j = 0; j <= N; j++) {
            east[i][j] = go_make(int64_t, 0);
            south[j][i] = go_make(int64_t, 0);
        }
    }
    for (int i = 0; i < N; i++) {
        go(source, east[i][0], i * N + 1, 1);  /* 1 2 3 4, 5 6 7 8, ... */
        go(source, south[0][i], i - 2, i + 1); /* column i: i-2, 2i-1, ... */
        go_waitgroup_go(&wg, sink, east[i][N]);
        go_waitgroup_go(&wg, sink, south[N][i]);
        for (int j = 0; j < N; j++)
            go_waitgroup_go(&wg, cell, i, j);
    }
    go_waitgroup_wait(&wg);
    for (int i = 0; i < N; i++)
        printf("%lld %lld %lld %lld\n", (long long)product[i][0], (long long)product[i][1],
               (long long)product[i][2], (long long)product[i][3]);
}
