/* SPDX-License-Identifier: MIT */
/* Go: an uncaught panic runs the deferred calls first, of all frames, and only then is
 * told; the trace is from where it happened, for nothing has been unwound. */
#include <goroutine.h>
#include <string.h>
#include <unistd.h>

static void tell(const char *s)
{
    if (write(STDERR_FILENO, s, strlen(s)) < 0)
        _exit(1);
}

static __attribute__((noinline)) void inner(const char *s)
{
    go_defer(tell, s);
    go_panic("at %s", "last");
}

static void body(void)
{
    go_defer(tell, "two ");
    inner("one ");
}

int main(void)
{
    go_defer(tell, "main's ");
    go(body);
    go_sleep(10 * GO_SECOND);
}
