/* SPDX-License-Identifier: MIT */
/* Units of a semaphore, waited for with a bound; who gives up has taken none. */
#include <goroutine.h>
#include <stdio.h>

static go_sema units = GO_SEMA_INIT(4);

static void show(const char *what, int err)
{
    int free = 0;
    while (go_sema_try_acquire(&units, 1))
        free++;
    go_sema_release(&units, free);
    printf("%s: %s, %d free\n", what, err ? go_context_error_text(err) : "taken", free);
}

static int64_t soon(void)
{
    return go_now() + 2 * GO_MILLISECOND;
}

static void give_back(int n)
{
    go_sema_release(&units, n);
}

int main(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    show("three", go_sema_acquire_until(&units, 3, soon()));
    show("two more", go_sema_acquire_until(&units, 2, soon()));
    show("one more", go_sema_acquire_ctx(&units, 1, ctx));
    go_context_cancel(ctx);
    show("cancelled", go_sema_acquire_ctx(&units, 1, ctx));
    go(give_back, 2);
    show("two that come back", go_sema_acquire_until(&units, 2, go_now() + GO_HOUR));
    go(give_back, 4);
    show("all that come back", go_sema_acquire_ctx(&units, 4, go_context_background()));
    go_sema_release(&units, 4);
    show("none", go_sema_acquire_until(&units, 0, 0));
    show("more than there are", go_sema_acquire_until(&units, 5, soon()));
    go_context_drop(ctx);
}
