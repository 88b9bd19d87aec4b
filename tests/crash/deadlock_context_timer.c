/* SPDX-License-Identifier: MIT */
/* Deadlines of contexts that have ended keep nobody waiting: neither one's own nor that
 * of a child that ended with its parent, nor of one that nobody holds any more. */
#include <goroutine.h>

int main(void)
{
    go_context *p = go_context_with_timeout(go_context_background(), GO_HOUR);
    go_context *c = go_context_with_timeout(p, GO_MINUTE);
    go_context_drop(go_context_with_timeout(p, GO_SECOND));
    go_context_cancel(p);
    go_context *late = go_context_with_timeout(p, GO_MINUTE);
    go_chan(int) never = go_make(int, 0);
    go_recv(never, NULL);
    go_context_drop(c);
    go_context_drop(p);
    go_context_drop(late);
    return 0;
}
