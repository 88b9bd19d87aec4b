/* SPDX-License-Identifier: MIT */
/* Signals without a value: they take no room and are counted all the same. */
#include <goroutine.h>
#include <stdio.h>

struct signal {
    char none[0];
};

enum { WORKERS = 7 };

static const struct signal done;

static void worker(go_chan(struct signal) finished, int *slot, int id)
{
    *slot = id * id;
    go_send(finished, done);
}

int main(void)
{
    go_chan(struct signal) c = go_make(struct signal, 3);
    go_send(c, done);
    go_send(c, done);
    printf("%zu of %zu\n", go_len(c), go_cap(c));
    go_send(c, done);
    printf("room for more: %s\n", go_try_send(c, done) == 0 ? "true" : "false");
    go_close(c);
    int count = 0;
    while (go_recv(c, NULL))
        count++;
    printf("received %d\n", count);
    go_drop(c);

    go_chan(struct signal) finished = go_make(struct signal, 0);
    int slots[WORKERS], sum = 0;
    for (int i = 0; i < WORKERS; i++)
        go(worker, finished, &slots[i], i);
    for (int i = 0; i < WORKERS; i++)
        go_recv(finished, NULL);
    for (int i = 0; i < WORKERS; i++)
        sum += slots[i];
    printf("sum %d\n", sum);
    go_drop(finished);
}
