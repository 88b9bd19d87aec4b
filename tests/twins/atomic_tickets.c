/* SPDX-License-Identifier: MIT */
/* A lock made of two counters: a ticket is drawn, and its number waited for. */
#include <goroutine.h>
#include <stdio.h>

enum { CUSTOMERS = 6, TIMES = 50 };

struct ticket_lock {
    go_uint32 next, serving;
};

static struct ticket_lock lock;
static int counter, order_broken;
static uint32_t last_served = UINT32_MAX; /* the lock */

static void customer(void)
{
    for (int i = 0; i < TIMES; i++) {
        uint32_t mine = go_uint32_add(&lock.next, 1) - 1;
        while (go_uint32_load(&lock.serving) != mine)
            go_yield();
        counter++;
        order_broken += mine != last_served + 1;
        last_served = mine;
        go_uint32_add(&lock.serving, 1);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < CUSTOMERS; i++)
        go_waitgroup_go(&wg, customer);
    go_waitgroup_wait(&wg);
    printf("served %d, last ticket %u, out of order %d\n", counter, (unsigned)last_served,
           order_broken);
}
