/* SPDX-License-Identifier: MIT */
/* A watchdog that is fed by resets, until nobody feeds it. */
#include <goroutine.h>
#include <stdio.h>

/* Patience is long until the last meal: a stall is no hunger. */
enum { MEALS = 5, MEAL = 5, PATIENCE = 20 };

static void feed(go_chan(int) food)
{
    for (int i = 1; i <= MEALS; i++) {
        go_sleep(MEAL * GO_MILLISECOND);
        go_send(food, i);
    }
}

int main(void)
{
    go_chan(int) food = go_make(int, 0);
    go_timer *dog = go_timer_new(GO_HOUR);
    go(feed, food);
    for (bool fed = true; fed;) {
        int n;
        switch (go_select(go_on_recv(food, &n), go_on_recv(go_timer_chan(dog), NULL))) {
        case 0:
            fed = go_timer_reset(dog, n < MEALS ? GO_HOUR : PATIENCE * GO_MILLISECOND);
            printf("meal %d, in time: %s\n", n, fed ? "true" : "false");
            break;
        case 1:
            printf("barks\n");
            fed = false;
        }
    }
    go_timer_drop(dog);
    go_drop(food);
}
