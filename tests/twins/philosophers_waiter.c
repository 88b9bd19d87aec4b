/* SPDX-License-Identifier: MIT */
/* Philosophers who ask a waiter: no more than four may sit down at once, so one of
 * them always has two forks. */
#include <goroutine.h>
#include <stdio.h>

enum { SEATS = 5, MEALS = 40 };

static go_mutex forks[SEATS];
static go_int32 seated, most;

static void sit(go_chan(char) chairs)
{
    go_send(chairs, 1);
    int32_t now = go_int32_add(&seated, 1);
    int32_t old = go_int32_load(&most);
    while (now > old && !go_int32_compare_and_swap(&most, old, now))
        old = go_int32_load(&most);
}

static void rise(go_chan(char) chairs)
{
    go_int32_add(&seated, -1);
    go_recv(chairs, NULL);
}

static void dine(int seat, go_chan(char) chairs, int *eaten)
{
    for (int i = 0; i < MEALS; i++) {
        sit(chairs);
        go_with_lock (&forks[seat]) {
            go_yield(); /* the moment in which five would starve */
            go_with_lock (&forks[(seat + 1) % SEATS])
                ++*eaten;
        }
        rise(chairs);
    }
}

int main(void)
{
    go_chan(char) chairs = go_make(char, SEATS - 1);
    int eaten[SEATS] = { 0 };
    go_waitgroup wg = { 0 };
    for (int seat = 0; seat < SEATS; seat++)
        go_waitgroup_go(&wg, dine, seat, chairs, &eaten[seat]);
    go_waitgroup_wait(&wg);
    for (int seat = 0; seat < SEATS; seat++)
        printf("philosopher %d ate %d times\n", seat, eaten[seat]);
    printf("never five: %s\n", go_int32_load(&most) < SEATS ? "true" : "false");
    go_drop(chairs);
}
