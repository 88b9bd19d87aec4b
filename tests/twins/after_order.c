/* SPDX-License-Identifier: MIT */
/* A timer channel delivers once, never early, and keeps what nobody has received yet. */
#include <goroutine.h>
#include <stdio.h>

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

static void pass(int64_t d)
{
    go_chan(int64_t) c = go_after(d);
    go_recv(c, NULL);
    go_drop(c);
}

int main(void)
{
    int64_t start = go_now();
    go_chan(int64_t) early = go_after(20 * GO_MILLISECOND);
    go_chan(int64_t) late = go_after(60 * GO_MILLISECOND);
    int64_t first, second;

    go_recv(late, &second);
    printf("late waited long enough: %s\n", yes_no(second - start >= 60 * GO_MILLISECOND));
    go_recv(early, &first);
    printf("early one waited long enough: %s\n", yes_no(first - start >= 20 * GO_MILLISECOND));

    if (go_select(go_on_recv(early, NULL), go_default()) == 0)
        printf("fired twice\n");
    else
        printf("each fired once\n");
    go_drop(early);
    go_drop(late);

    pass(0);
    pass(-GO_SECOND);
    printf("no wait for what is past\n");
}
