/* SPDX-License-Identifier: MIT */
/* chan_of_struct - elements of any type are copied, channels among them: each
 * request carries the channel for its own reply. */
#include <goroutine.h>
#include <stdio.h>

struct request {
    double base;
    int exponent;
    go_chan(double) reply;
};

static void serve(go_chan(struct request) requests)
{
    go_range (r, requests) {
        double v = 1;
        for (int i = 0; i < r.exponent; i++)
            v *= r.base;
        go_send(r.reply, v);
    }
    go_drop(requests);
}

static double power(go_chan(struct request) server, double base, int exponent)
{
    struct request r = { base, exponent, go_make(double, 0) };
    double v;
    go_send(server, r);
    go_recv(r.reply, &v);
    go_drop(r.reply);
    return v;
}

int main(void)
{
    go_chan(struct request) server = go_make(struct request, 4);
    go(serve, go_hold(server));
    for (int i = 0; i <= 10; i += 5)
        printf("1.5^%-2d = %g\n", i, power(server, 1.5, i));
    go_close(server);
    go_drop(server);
}
