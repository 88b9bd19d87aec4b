/* SPDX-License-Identifier: MIT */
/* expect: too few arguments */
/* The function of a once is called as any other. */
#include <goroutine.h>

static go_once_value(int) sum;

static int add(int a, int b)
{
    return a + b;
}

int main(void)
{
#ifndef GOOD
    return go_once_get(&sum, add, 1);
#endif
    return go_once_get(&sum, add, 1, 2);
}
