/* SPDX-License-Identifier: MIT */
/* The game of life on a small torus, one goroutine per row and generation. */
#include <goroutine.h>
#include <stdio.h>

enum { SIZE = 8 };

struct board {
    int at[SIZE][SIZE];
};

static int neighbours(const struct board *b, int y, int x)
{
    int n = -b->at[y][x];
    for (int dy = SIZE - 1; dy <= SIZE + 1; dy++) {
        for (int dx = SIZE - 1; dx <= SIZE + 1; dx++)
            n += b->at[(y + dy) % SIZE][(x + dx) % SIZE];
    }
    return n;
}

static void step_row(const struct board *from, struct board *to, int y)
{
    for (int x = 0; x < SIZE; x++) {
        int n = neighbours(from, y, x);
        to->at[y][x] = n == 3 || (n == 2 && from->at[y][x]);
    }
}

static void show(const struct board *b, int generation)
{
    printf("generation %d\n", generation);
    for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++)
            putchar(".#"[b->at[y][x]]);
        putchar('\n');
    }
}

int main(void)
{
    struct board glider = { { { 0, 1 }, { 0, 0, 1 }, { 1, 1, 1 } } }, other = { 0 };
    struct board *now = &glider, *next = &other;
    for (int generation = 0; generation < 20; generation++) {
        if (generation % 5 == 0)
            show(now, generation);
        go_waitgroup wg = { 0 };
        for (int y = 0; y < SIZE; y++)
            go_waitgroup_go(&wg, step_row, now, next, y);
        go_waitgroup_wait(&wg);
        struct board *old = now;
        now = next;
        next = old;
    }
}
