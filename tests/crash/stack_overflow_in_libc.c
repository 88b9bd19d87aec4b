/* SPDX-License-Identifier: MIT */
/* Stacks: an overflow inside a function of the C library, one that keeps state,
 * is reported all the same. */
#include <goroutine.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    int v[2] = { *(const int *)b, *(const int *)a };
    qsort(v, 2, sizeof *v, compare); /* recursion through the library */
    return v[0] - v[1];
}

static void sort(void)
{
    int v[] = { 3, 1, 2 };
    qsort(v, 3, sizeof *v, compare);
}

int main(void)
{
    go(sort);
    go_sleep(10 * GO_SECOND);
    return 0;
}
