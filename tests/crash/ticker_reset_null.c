/* SPDX-License-Identifier: MIT */
/* As Go ends a Reset of a Ticker that nothing made; the interval is looked at first. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_ticker_reset(NULL, GO_SECOND);
    fprintf(stderr, "went on\n");
}
