/* SPDX-License-Identifier: MIT */
/* Go: a Do inside the function of the same Once. */
#include <goroutine.h>

static go_once once;

static void init(void *arg)
{
    go_once_do(&once, init, arg);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    go_once_do(&once, init, NULL);
    return 0;
}
