/* SPDX-License-Identifier: MIT */
/* One select that either sends the next number or is told to stop. */
#include <goroutine.h>
#include <stdio.h>

static void fibonacci(go_chan(int) c, go_chan(bool) quit, go_chan(int) done)
{
    int x = 0, y = 1, sent = 0;
    for (;;) {
        switch (go_select(go_on_send(c, x), go_on_recv(quit, NULL))) {
        case 0: {
            int next = x + y;
            x = y;
            y = next;
            sent++;
            break;
        }
        case 1:
            go_send(done, sent);
            return;
        }
    }
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_chan(bool) quit = go_make(bool, 0);
    go_chan(int) done = go_make(int, 0);
    go(fibonacci, c, quit, done);

    int v, sent;
    for (int i = 0; i < 10; i++) {
        go_recv(c, &v);
        printf("%d\n", v);
    }
    go_send(quit, true);
    go_recv(done, &sent);
    printf("sent %d numbers\n", sent);
    go_drop(c);
    go_drop(quit);
    go_drop(done);
}
