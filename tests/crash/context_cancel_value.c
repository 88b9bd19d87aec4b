/* SPDX-License-Identifier: MIT */
/* What only adds a value ends with its parent; it has no end of its own. */
#include <goroutine.h>

static char key;

int main(void)
{
    go_context *c = go_context_with_cancel(go_context_background());
    go_context *v = go_context_with_value(c, &key, NULL);
    go_context_cancel(v);
    return 0;
}
