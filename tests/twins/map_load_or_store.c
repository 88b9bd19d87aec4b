/* SPDX-License-Identifier: MIT */
/* sync.Map: of goroutines that store one key at once, one stores; all get its value. */
#include <goroutine.h>
#include <stdio.h>

enum { KEYS = 20, WORKERS = 6 };

static go_map m;
static int stored; /* atomic */
static void *got[WORKERS][KEYS];

static void worker(int id)
{
    for (int k = 0; k < KEYS; k++) {
        void *mine = (void *)(intptr_t)(100 * id + k);
        if (go_map_load_or_store(&m, GO_MAP_KEY(k), mine, &got[id][k]) == 0)
            go_atomic_add(&stored, 1);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int id = 0; id < WORKERS; id++)
        go_waitgroup_go(&wg, worker, id);
    go_waitgroup_wait(&wg);
    bool agree = true;
    int sum = 0;
    for (int k = 0; k < KEYS; k++) {
        for (int id = 1; id < WORKERS; id++)
            agree = agree && got[id][k] == got[0][k];
        sum += (int)(intptr_t)got[0][k] % 100;
    }
    printf("stored %d\nagree %s\nsum %d\n", stored, agree ? "true" : "false", sum);
    go_map_free(&m);
}
