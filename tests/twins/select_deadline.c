/* SPDX-License-Identifier: MIT */
/* One deadline over many selects: what is late is not received, what is ready
 * before is. */
#include <goroutine.h>
#include <stdio.h>

static void burst(go_chan(int) out, int n)
{
    for (int i = 1; i <= n; i++)
        go_send(out, i);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0), hurry = go_make(int, 0);
    go(burst, c, 5);
    int64_t start = go_now(), deadline = start + 20 * GO_MILLISECOND;
    int sum = 0, count = 0;
    for (bool late = false; !late;) {
        int v;
        /* Only when all five are in may the deadline count. */
        switch (go_select(go_on_recv(c, &v), go_on_deadline(count == 5 ? deadline : GO_FOREVER))) {
        case 0:
            sum += v;
            count++;
            break;
        case 1:
            late = true;
            break;
        }
    }
    printf("count %d sum %d early %s\n", count, sum, go_now() < deadline ? "true" : "false");

    switch (go_select(go_on_recv(hurry, NULL), go_on_timeout(GO_HOUR), go_on_timeout(0))) {
    case 2:
        printf("the shortest time ends it\n");
        break;
    }
    go_drop(c);
    go_drop(hurry);
}
