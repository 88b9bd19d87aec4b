/* SPDX-License-Identifier: MIT */
/* A panic in a goroutine of a group ends the program before the wait can return, and
 * the trace says where the goroutine was started. */
#include <goroutine.h>
#include <stdio.h>

static int member(int v)
{
    go_panic("member %d", v);
}

static void start_members(go_group *g)
{
    go_group_go(g, member, 7);
}

int main(void)
{
    go_group *g = go_group_new(NULL);
    start_members(g);
    int err = go_group_wait(g);
    fprintf(stderr, "outlived\n");
    return err;
}
