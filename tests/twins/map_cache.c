/* SPDX-License-Identifier: MIT */
/* sync.Map as a cache: each entry is made once, however many ask for it at once. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

enum { ASKERS = 10, NUMBERS = 15 };

struct entry {
    go_once once;
    uint64_t n, result;
};

static int made; /* atomic */

static void compute(void *arg)
{
    struct entry *e = arg;
    go_atomic_add(&made, 1);
    e->result = 1;
    for (uint64_t i = 2; i <= e->n; i++)
        e->result *= i;
}

static const go_map_kind kind = { .destroy_value = free };
static go_map cache = GO_MAP_INIT(&kind);

static uint64_t factorial(uint64_t n)
{
    struct entry *mine = calloc(1, sizeof *mine);
    void *e;
    if (!mine)
        abort();
    mine->n = n;
    int r = go_map_load_or_store(&cache, GO_MAP_KEY(n), mine, &e);
    if (r < 0)
        abort();
    if (r == 1)
        free(mine);
    go_once_do(&((struct entry *)e)->once, compute, e); /* nobody deletes: no pin */
    return ((struct entry *)e)->result;
}

static void ask(uint64_t *sum)
{
    for (uint64_t n = 0; n < NUMBERS; n++)
        *sum += factorial(n);
}

int main(void)
{
    uint64_t sum[ASKERS] = { 0 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < ASKERS; i++)
        go_waitgroup_go(&wg, ask, &sum[i]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < ASKERS; i++)
        printf("%d: %llu\n", i, (unsigned long long)sum[i]);
    printf("made %d\n", made);
    go_map_free(&cache);
}
