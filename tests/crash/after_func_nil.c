/* SPDX-License-Identifier: MIT */
/* A function that is none ends the program. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    void (*none)(void) = NULL;
    go_timer_drop(go_after_func(0, none));
    go_sleep(20 * GO_SECOND);
    fprintf(stderr, "went on\n");
}
