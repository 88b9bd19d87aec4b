/* SPDX-License-Identifier: MIT */
/* Work with a time limit: what is quick arrives, what is slow is given up. */
#include <goroutine.h>
#include <stdio.h>

static void work(int64_t takes, go_chan(int) out)
{
    go_sleep(takes);
    go_send(out, 1);
    go_drop(out);
}

static void try_work(const char *name, int64_t takes, int64_t limit)
{
    go_context *ctx = go_context_with_timeout(go_context_background(), limit);
    go_chan(int) out = go_make(int, 1);
    go(work, takes, go_hold(out));
    switch (go_select(go_on_recv(out, NULL), go_on_done(ctx))) {
    case 0:
        printf("%s: done, context: %s\n", name, go_context_error_text(go_context_err(ctx)));
        break;
    case 1:
        printf("%s: given up: %s\n", name, go_context_error_text(go_context_err(ctx)));
        break;
    }
    go_context_cancel(ctx);
    printf("%s: finally: %s\n", name, go_context_error_text(go_context_err(ctx)));
    go_context_drop(ctx);
    go_drop(out);
}

int main(void)
{
    try_work("quick", GO_MILLISECOND, 10 * GO_SECOND);
    try_work("slow", 10 * GO_SECOND, 5 * GO_MILLISECOND);
    try_work("no time", 10 * GO_SECOND, 0);
    try_work("less than none", 10 * GO_SECOND, -1);
}
