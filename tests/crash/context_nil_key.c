/* SPDX-License-Identifier: MIT */
/* Go: a value needs a key. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_context_drop(go_context_with_value(go_context_background(), NULL, NULL));
}

int main(void)
{
    misuse();
    return 0;
}
