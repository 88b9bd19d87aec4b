/* SPDX-License-Identifier: MIT */
/* The game of life with a goroutine for every cell: each tells its neighbours over
 * channels with room for one, and a generation is over when all have told. */
#include <goroutine.h>
#include <stdio.h>

enum { SIZE = 6, GENERATIONS = 8 };

static go_chan(bool) wires[SIZE][SIZE][8]; /* into the cell, one for each neighbour */
static bool history[GENERATIONS + 1][SIZE][SIZE];
static const int dy[8] = { -1, -1, -1, 0, 0, 1, 1, 1 }, dx[8] = { -1, 0, 1, -1, 1, -1, 0, 1 };

static void cell(int y, int x)
{
    bool alive = history[0][y][x];
    for (int g = 1; g <= GENERATIONS; g++) {
        int n = 0;
        for (int d = 0; d < 8; d++)
            go_send(wires[(y + dy[d] + SIZE) % SIZE][(x + dx[d] + SIZE) % SIZE][7 - d], alive);
        for (int d = 0; d < 8; d++) {
            bool neighbour;
            go_recv(wires[y][x][d], &neighbour);
            n += neighbour;
        }
        alive = n == 3 || (n == 2 && alive);
        history[g][y][x] = alive;
    }
}

int main(void)
{
    static const int glider[5][2] = { { 0, 1 }, { 1, 2 }, { 2, 0 }, { 2, 1 }, { 2, 2 } };
    for (int i = 0; i < 5; i++)
        history[0][glider[i][0]][glider[i][1]] = true;
    for (int i = 0; i < SIZE * SIZE * 8; i++)
        wires[i / 8 / SIZE][i / 8 % SIZE][i % 8] = go_make(bool, 1);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < SIZE * SIZE; i++)
        go_waitgroup_go(&wg, cell, i / SIZE, i % SIZE);
    go_waitgroup_wait(&wg);
    for (int g = 0; g <= GENERATIONS; g += 4) {
        printf("generation %d\n", g);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++)
                printf("%c", history[g][y][x] ? '#' : '.');
            printf("\n");
        }
    }
}
