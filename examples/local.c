/* SPDX-License-Identifier: MIT */
/* local - a value per goroutine: deep code finds the request that it works for,
 * and the value is freed when the goroutine ends. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

struct request {
    int id;
    char log[64];
};

static int freed;

static void free_request(void *r)
{
    free(r);
    go_atomic_add(&freed, 1);
}

static go_local current = { .destroy = free_request };

/* Somewhere deep below, where nobody passed the request on. */
static void note(const char *what)
{
    struct request *r = go_local_get(&current);
    snprintf(r->log, sizeof r->log, "request %d %s", r->id, what);
}

static void serve(int id, go_chan(int) done)
{
    struct request *r = calloc(1, sizeof *r);
    if (!r || go_local_set(&current, r) != 0)
        abort();
    r->id = id;
    go_yield();
    note("served");
    printf("%s\n", r->log);
    go_send(done, id);
}

int main(void)
{
    go_chan(int) done = go_make(int, 0);
    for (int id = 1; id <= 3; id++)
        go(serve, id, done);
    for (int id = 1; id <= 3; id++)
        go_recv(done, NULL);
    while (go_count() > 1)
        go_yield();
    printf("%d requests freed\n", go_atomic_load(&freed));
    go_drop(done);
}
