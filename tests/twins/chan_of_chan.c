/* SPDX-License-Identifier: MIT */
/* A switchboard: callers get a line of their own over a channel of channels. */
#include <goroutine.h>
#include <stdio.h>

enum { CALLS = 6 };

typedef go_chan(int) line;

/* operator connects: makes a line, gives one end away and listens at the other. */
static void operator(go_chan(line) exchange, go_chan(int) results)
{
    for (int call = 0; call < CALLS; call++) {
        line l = go_make(int, 0);
        go_send(exchange, l);
        int sum = 0;
        go_range (v, l)
            sum += v;
        go_send(results, sum);
        go_drop(l);
    }
    go_close(exchange);
}

static void caller(line l, int n)
{
    for (int i = 1; i <= n; i++)
        go_send(l, i);
    go_close(l);
    go_drop(l);
}

int main(void)
{
    go_chan(line) exchange = go_make(line, 0);
    go_chan(int) results = go_make(int, 0);
    go(operator, exchange, results);
    int n = 0;
    go_range (l, exchange) {
        go(caller, go_hold(l), ++n);
        int sum;
        go_recv(results, &sum);
        printf("call %d sum %d\n", n, sum);
    }
    go_drop(exchange);
    go_drop(results);
}
