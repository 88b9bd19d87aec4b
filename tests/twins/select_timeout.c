/* SPDX-License-Identifier: MIT */
/* Wait for a value, but not for ever. */
#include <goroutine.h>
#include <stdio.h>

static void wait_for(go_chan(int) c, int64_t limit)
{
    int v;
    switch (go_select(go_on_recv(c, &v), go_on_timeout(limit))) {
    case 0:
        printf("got %d\n", v);
        break;
    case 1:
        printf("timed out\n");
        break;
    }
}

static void answer(go_chan(int) c, int v)
{
    go_sleep(5 * GO_MILLISECOND);
    go_send(c, v);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);

    wait_for(c, 20 * GO_MILLISECOND); /* nobody sends */
    go(answer, c, 42);
    wait_for(c, GO_MINUTE);
    wait_for(c, 20 * GO_MILLISECOND);
    go(answer, c, 43);
    wait_for(c, GO_MINUTE);
    go_drop(c);
}
