/* SPDX-License-Identifier: MIT */
/* Arguments of a deferred call are evaluated at once; a pointer sees what comes later. */
#include <goroutine.h>
#include <stdio.h>

static int next_ticket;

static int ticket(void)
{
    return ++next_ticket;
}

static void show(int ticket_at_defer, const int *now)
{
    printf("ticket %d, counter now %d\n", ticket_at_defer, *now);
}

static void work(void)
{
    int counter = 10;
    go_defer(show, ticket(), &counter);
    counter += 5;
    go_defer(show, ticket(), &counter);
    counter += 5;
    printf("tickets given: %d\n", next_ticket);
}

int main(void)
{
    work();
    work();
}
