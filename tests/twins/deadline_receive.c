/* SPDX-License-Identifier: MIT */
/* A receive with a deadline ends in one of three ways. */
#include <goroutine.h>
#include <stdio.h>

static void receive(go_chan(int) c, int64_t deadline)
{
    int v;
    switch (go_recv_until(c, &v, deadline)) {
    case 0:
        printf("received %d\n", v);
        break;
    case -EPIPE:
        printf("closed\n");
        break;
    case -ETIMEDOUT:
        printf("too late\n");
        break;
    }
}

static void send_two(go_chan(int) c)
{
    go_send(c, 1);
    go_send(c, 2);
    go_close(c);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    int64_t start = go_now();
    receive(c, start + 25 * GO_MILLISECOND);
    bool early = go_now() - start < 25 * GO_MILLISECOND;
    printf("gave up too early: %s\n", early ? "true" : "false");

    go(send_two, c);
    int64_t later = go_now() + GO_MINUTE;
    receive(c, later);
    receive(c, later);
    receive(c, later);
    go_drop(c);
}
