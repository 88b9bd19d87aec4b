/* SPDX-License-Identifier: MIT */
/* A watchdog that is fed by resets, until nobody feeds it. */
#include <goroutine.h>
#include <stdio.h>

enum { PATIENCE = 300, MEAL = 5 };

static void feed(go_chan(int) food)
{
    for (int i = 1; i <= 5; i++) {
        go_sleep(MEAL * GO_MILLISECOND);
        go_send(food, i);
    }
}

int main(void)
{
    go_chan(int) food = go_make(int, 0);
    go_timer *dog = go_timer_new(PATIENCE * GO_MILLISECOND);
    go(feed, food);
    for (bool fed = true; fed;) {
        int n;
        switch (go_select(go_on_recv(food, &n), go_on_recv(go_timer_chan(dog), NULL))) {
        case 0:
            printf("meal %d, in time: %s\n", n,
                   go_timer_reset(dog, PATIENCE * GO_MILLISECOND) ? "true" : "false");
            break;
        case 1:
            printf("barks\n");
            fed = false;
        }
    }
    go_timer_drop(dog);
    go_drop(food);
}
