/* SPDX-License-Identifier: MIT */
/* A send with a deadline: too late on a full channel, at once where there is
 * room, also when the time has passed. */
#include <goroutine.h>
#include <stdio.h>

static void send(go_chan(int) c, int v, int64_t deadline)
{
    printf("%d %s\n", v, go_send_until(c, v, deadline) == 0 ? "sent" : "too late");
}

static void reader(go_chan(int) c, go_chan(int) sum)
{
    int total = 0;
    go_range (v, c)
        total += v;
    go_send(sum, total);
}

int main(void)
{
    go_chan(int) c = go_make(int, 1), sum = go_make(int, 0);
    send(c, 1, go_now() + GO_HOUR);
    int64_t start = go_now();
    send(c, 2, start + 10 * GO_MILLISECOND);
    printf("gave up too early: %s\n", go_now() - start < 10 * GO_MILLISECOND ? "true" : "false");
    send(NULL, 3, go_now() + GO_MILLISECOND);

    go(reader, c, sum);
    for (int v = 4; v <= 8; v++)
        send(c, v, GO_FOREVER);
    go_close(c);
    int total;
    go_recv(sum, &total);
    printf("received in all %d\n", total);
    go_drop(c);
    go_drop(sum);
}
