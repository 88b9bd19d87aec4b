/* SPDX-License-Identifier: MIT */
/* A stack that no address space can hold is out of memory, up to SIZE_MAX.
 *
 * The largest sizes once wrapped to a small stack. */
#include <goroutine.h>
#include <stdint.h>

static void nothing(void)
{
}

int main(void)
{
    go_with(go_attr(.stack = SIZE_MAX), nothing);
    go_yield();
    return 0;
}
