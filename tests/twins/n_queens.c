/* SPDX-License-Identifier: MIT */
/* All ways to place queens, one goroutine for every place in the first two rows. */
#include <goroutine.h>
#include <stdio.h>

static go_int32 solutions;

static int place(int n, unsigned columns, unsigned left, unsigned right)
{
    unsigned all = (1u << n) - 1;
    if (columns == all)
        return 1;
    int count = 0;
    for (unsigned free = all & ~(columns | left | right); free; free &= free - 1) {
        unsigned bit = free & -free;
        count += place(n, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
}

static void branch(int n, unsigned first, unsigned second)
{
    unsigned left = (first << 1 | second) << 1, right = (first >> 1 | second) >> 1;
    go_int32_add(&solutions, place(n, first | second, left, right));
}

int main(void)
{
    for (int n = 4; n <= 8; n++) {
        go_waitgroup wg = { 0 };
        go_int32_store(&solutions, 0);
        for (unsigned a = 1; a < 1u << n; a <<= 1) {
            for (unsigned b = 1; b < 1u << n; b <<= 1) {
                if (a != b && a != b << 1 && a != b >> 1)
                    go_waitgroup_go(&wg, branch, n, a, b);
            }
        }
        go_waitgroup_wait(&wg);
        printf("%d queens: %d\n", n, go_int32_load(&solutions));
    }
}
