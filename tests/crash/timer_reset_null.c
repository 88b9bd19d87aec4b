/* SPDX-License-Identifier: MIT */
/* As Go ends a Reset of a Timer that nothing made. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_timer_reset(NULL, GO_SECOND);
    fprintf(stderr, "went on\n");
}
