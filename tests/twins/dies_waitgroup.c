/* SPDX-License-Identifier: MIT */
/* More are done than were added: a panic. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 3);
    go_waitgroup_add(&wg, -2);
    go_waitgroup_done(&wg);
    go_waitgroup_wait(&wg);
    printf("balanced\n");
    go_waitgroup_done(&wg);
    printf("never printed\n");
}
