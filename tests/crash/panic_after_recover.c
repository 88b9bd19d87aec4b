/* SPDX-License-Identifier: MIT */
/* A panic that was recovered is over: one that follows is told alone. */
#include <goroutine.h>

static void fail(const char *text)
{
    go_panic("%s", text);
}

int main(void)
{
    go_recovered r;
    if (go_recover(&r, fail, "before"))
        go_panic("after <%s>", r.text);
}
