/* SPDX-License-Identifier: MIT */
/* Go: a go statement with a nil function. */
#include <goroutine.h>

static void (*volatile nobody)(int);

int main(void)
{
    void (*f)(int) = nobody;
    go(f, 1);
    go_sleep(GO_SECOND);
    return 0;
}
