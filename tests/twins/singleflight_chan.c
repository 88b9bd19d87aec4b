/* SPDX-License-Identifier: MIT */
/* Results by channel: who waits too long takes what is at hand; the flight goes on. */
#include <goroutine.h>
#include <stdio.h>

static go_singleflight flights;

static int load(void *go_on, void **value)
{
    go_recv((go_chan(int))go_on, NULL);
    *value = "fresh";
    return 0;
}

int main(void)
{
    go_chan(int) go_on = go_make(int, 0);
    go_flight f;
    go_chan(go_flight) first = go_singleflight_do_chan(&flights, "k", load, (void *)go_on);
    go_chan(go_flight) second = go_singleflight_do_chan(&flights, "k", load, (void *)go_on);
    switch (go_select(go_on_recv(first, &f), go_on_timeout(2 * GO_MILLISECOND))) {
    case 0:
        printf("first: %s\n", (char *)f.value);
        break;
    case 1:
        printf("first: stale\n");
        break;
    }
    go_send(go_on, 1);
    go_recv(second, &f);
    printf("second: %s, shared %s\n", (char *)f.value, f.shared ? "true" : "false");
    go_recv(first, &f);
    printf("first: %s, shared %s\n", (char *)f.value, f.shared ? "true" : "false");
    go_drop(first);
    go_drop(second);

    go_chan(go_flight) third = go_singleflight_do_chan(&flights, "k", load, (void *)go_on);
    go_send(go_on, 1);
    go_recv(third, &f);
    printf("third: %s, shared %s\n", (char *)f.value, f.shared ? "true" : "false");
    go_drop(third);
    go_drop(go_on);
}
