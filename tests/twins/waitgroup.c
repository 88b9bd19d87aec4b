/* SPDX-License-Identifier: MIT */
/* Start goroutines, wait until all have returned. */
#include <goroutine.h>
#include <stdio.h>

static void square(int n, int *result)
{
    *result = n * n;
}

int main(void)
{
    go_waitgroup wg = { 0 };
    int squares[8];

    for (int i = 0; i < 8; i++)
        go_waitgroup_go(&wg, square, i, &squares[i]);
    go_waitgroup_wait(&wg); /* everything written by the goroutines is visible now */

    for (int i = 0; i < 8; i++)
        printf("%d squared is %d\n", i, squares[i]);
}
