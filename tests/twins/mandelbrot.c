/* SPDX-License-Identifier: MIT */
/* The Mandelbrot set in whole numbers; each row is drawn by a worker and printed
 * in its place. */
#include <goroutine.h>
#include <stdio.h>

enum { WIDTH = 60, HEIGHT = 20, LIMIT = 40, ONE = 1 << 12, WORKERS = 4 };

struct row {
    int y;
    char cells[WIDTH + 1];
};

static char cell(int cx, int cy)
{
    int x = 0, y = 0, n = 0;
    while (n < LIMIT && x * x / ONE + y * y / ONE < 4 * ONE) {
        int next = x * x / ONE - y * y / ONE + cx;
        y = 2 * x * y / ONE + cy;
        x = next;
        n++;
    }
    return " .:-=+*#@"[n * 8 / LIMIT];
}

static void worker(go_chan(int) rows, go_chan(struct row) drawn)
{
    go_range (y, rows) {
        struct row r = { y, { 0 } };
        for (int x = 0; x < WIDTH; x++)
            r.cells[x] = cell((x * 3 * ONE) / WIDTH - 2 * ONE, (y * 2 * ONE) / HEIGHT - ONE);
        go_send(drawn, r);
    }
}

static void number(go_chan(int) rows)
{
    for (int y = 0; y < HEIGHT; y++)
        go_send(rows, y);
    go_close(rows);
}

int main(void)
{
    go_chan(int) rows = go_make(int, 0);
    go_chan(struct row) drawn = go_make(struct row, 2);
    for (int i = 0; i < WORKERS; i++)
        go(worker, rows, drawn);
    go(number, rows);
    struct row picture[HEIGHT], r;
    for (int i = 0; i < HEIGHT; i++) {
        go_recv(drawn, &r);
        picture[r.y] = r;
    }
    for (int y = 0; y < HEIGHT; y++)
        printf("|%s|\n", picture[y].cells);
}
