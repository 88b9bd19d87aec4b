/* SPDX-License-Identifier: MIT */
/* A ticker needs an interval, also a new one. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_ticker *t = go_ticker_new(GO_SECOND);
    go_ticker_reset(t, -1);
    fprintf(stderr, "went on\n");
}
