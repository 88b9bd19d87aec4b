/* SPDX-License-Identifier: MIT */
/* Nobody ends the root. */
#include <goroutine.h>

int main(void)
{
    go_context_cancel(go_context_background());
    return 0;
}
