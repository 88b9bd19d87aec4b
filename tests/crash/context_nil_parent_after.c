/* SPDX-License-Identifier: MIT */
/* A function cannot wait for the end of nothing. */
#include <goroutine.h>

int main(void)
{
    go_context_after_drop(go_context_after_func(NULL, go_yield));
    return 0;
}
