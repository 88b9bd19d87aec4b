/* SPDX-License-Identifier: MIT */
/* Go: a panic in a deferred call that Goexit runs ends the program as any other. */
#include <goroutine.h>

static void fail(const char *text)
{
    go_panic("%s", text);
}

static void body(void)
{
    go_defer(fail, "second");
    go_defer(fail, "first");
    go_exit();
}

int main(void)
{
    go(body);
    go_sleep(10 * GO_SECOND);
}
