/* SPDX-License-Identifier: MIT */
/* Go: a context is made from another one. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_context_drop(go_context_with_timeout(NULL, GO_SECOND));
}

int main(void)
{
    misuse();
    return 0;
}
