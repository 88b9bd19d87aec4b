/* SPDX-License-Identifier: MIT */
/* Retry with a wait that doubles, beside a limit for all of it; one timer for the waits. */
#include <goroutine.h>
#include <stdio.h>

static int attempt(int succeeds_at, int64_t limit)
{
    go_chan(int64_t) over = go_after(limit);
    go_timer *wait = go_timer_new(0);
    int tries = 0;
    for (int64_t d = GO_MILLISECOND;; d *= 2) {
        if (go_select(go_on_recv(go_timer_chan(wait), NULL), go_on_recv(over, NULL)) == 1) {
            tries = -1;
            break;
        }
        if (++tries == succeeds_at)
            break;
        go_timer_reset(wait, d);
    }
    go_timer_drop(wait);
    go_drop(over);
    return tries;
}

int main(void)
{
    printf("at once: %d\n", attempt(1, GO_MINUTE));
    printf("third time: %d\n", attempt(3, GO_MINUTE));
    printf("too late: %d\n", attempt(30, 40 * GO_MILLISECOND));
}
