/* SPDX-License-Identifier: MIT */
/* How many goroutines there are: main, and those that wait to be let go. */
#include <goroutine.h>
#include <stdio.h>

static void waiter(go_chan(char) gate)
{
    go_recv(gate, NULL);
}

static void wait_for_count(int64_t n)
{
    while (go_count() != n)
        go_yield();
}

int main(void)
{
    printf("at first %lld\n", (long long)go_count());
    go_chan(char) gate = go_make(char, 0);
    for (int i = 1; i <= 5; i++) {
        go(waiter, gate);
        printf("started %d: %lld\n", i, (long long)go_count());
    }
    for (int i = 4; i >= 3; i--) {
        go_send(gate, 0);
        wait_for_count(i + 1);
        printf("%d are left\n", i);
    }
    go_close(gate);
    wait_for_count(1);
    printf("main alone\n");
    go_drop(gate);
}
