/* SPDX-License-Identifier: MIT */
/* Go: a panic in a deferred call is told after the one that ran it; the trace begins in
 * the last and has the frames of all. */
#include <goroutine.h>

static void fail(const char *text)
{
    go_panic("%s", text);
}

static void recovered(void)
{
    go_recover(NULL, fail, "not told");
}

static __attribute__((noinline)) void work(void)
{
    go_defer(fail, "third\nof three");
    go_defer(recovered);
    go_defer(fail, "second");
    go_panic("first\nof all");
}

int main(void)
{
    work();
}
