/* SPDX-License-Identifier: MIT */
/* A row of goroutines with a number each; neighbours compare and exchange until
 * the row is in order. */
#include <goroutine.h>
#include <stdio.h>

enum { N = 12 };

static go_chan(int) to_right[N], to_left[N]; /* between i and i + 1 */

static void meet_right(int i, int *v)
{
    int other;
    go_send(to_right[i], *v);
    go_recv(to_left[i], &other);
    if (other < *v)
        *v = other;
}

static void meet_left(int i, int *v)
{
    int other;
    go_recv(to_right[i - 1], &other);
    go_send(to_left[i - 1], *v);
    if (other > *v)
        *v = other;
}

static void cell(int i, int *v)
{
    for (int round = 0; round < N; round++) {
        if ((i + round) % 2 == 0) {
            if (i + 1 < N)
                meet_right(i, v);
        } else if (i > 0) {
            meet_left(i, v);
        }
    }
}

static void sort(int *row)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < N; i++)
        go_waitgroup_go(&wg, cell, i, &row[i]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < N; i++)
        printf("%d%s", row[i], i < N - 1 ? " " : "\n");
}

int main(void)
{
    for (int i = 0; i < N; i++) {
        to_right[i] = go_make(int, 0);
        to_left[i] = go_make(int, 0);
    }
    int row[N];
    for (int seed = 1; seed <= 4; seed++) {
        for (int i = 0; i < N; i++)
            row[i] = (i * 7 + 5) * seed % 31;
        sort(row);
    }
    for (int i = 0; i < N; i++)
        row[i] = N - i;
    sort(row);
}
