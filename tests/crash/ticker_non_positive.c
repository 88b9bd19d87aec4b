/* SPDX-License-Identifier: MIT */
/* A ticker needs an interval. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_ticker_drop(go_ticker_new(0));
    fprintf(stderr, "went on\n");
}
