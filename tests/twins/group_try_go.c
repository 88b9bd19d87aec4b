/* SPDX-License-Identifier: MIT */
/* Do as much at the same time as there is room for, the rest by oneself. */
#include <goroutine.h>
#include <stdio.h>

static int hold(go_chan(int) release)
{
    go_recv(release, NULL);
    return 0;
}

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

int main(void)
{
    go_chan(int) release = go_make(int, 0);
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, 3);
    for (int i = 0; i < 5; i++)
        printf("try %d: %s\n", i, yes_no(go_group_try_go(g, hold, release)));
    go_send(release, 1);
    go_group_go(g, hold, release); /* waits for the place */
    printf("full again: %s\n", yes_no(go_group_try_go(g, hold, release)));
    go_close(release);
    printf("wait: %d\n", go_group_wait(g));

    g = go_group_new(NULL);
    go_group_set_limit(g, 0);
    printf("none: %s\n", yes_no(go_group_try_go(g, hold, release)));
    go_group_set_limit(g, -1);
    printf("any: %s\n", yes_no(go_group_try_go(g, hold, release)));
    printf("wait: %d\n", go_group_wait(g));
    go_drop(release);
}
