/* SPDX-License-Identifier: MIT */
/* As Go ends a Stop of a Timer that nothing made. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_timer_stop(NULL);
    fprintf(stderr, "went on\n");
}
