/* SPDX-License-Identifier: MIT */
/* Messages taken from a pool by one goroutine and put back by another. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

enum { MESSAGES = 1000 };

struct message {
    int number;
    int fields[8];
};

static void *make(void *arg)
{
    (void)arg;
    return calloc(1, sizeof(struct message));
}

static go_pool messages = { .make = make, .destroy = free };

static void produce(go_chan(struct message *) c)
{
    for (int i = 0; i < MESSAGES; i++) {
        struct message *m = go_pool_get(&messages);
        m->number = i;
        for (int k = 0; k < 8; k++)
            m->fields[k] = i * k;
        go_send(c, m);
    }
    go_close(c);
}

int main(void)
{
    go_chan(struct message *) c = go_make(struct message *, 4);
    int expected = 0, wrong = 0;
    go(produce, c);
    go_range (m, c) {
        wrong += m->number != expected++;
        for (int k = 0; k < 8; k++)
            wrong += m->fields[k] != m->number * k;
        go_pool_put(&messages, m);
    }
    printf("%d messages, %d wrong\n", expected, wrong);
    go_drop(c);
    go_pool_end(&messages);
}
