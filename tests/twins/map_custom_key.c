/* SPDX-License-Identifier: MIT */
/* sync.Map with a struct as key; in C a kind of map that compares and copies it. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

struct point {
    int x, y;
};

static uint64_t hash(const void *key)
{
    return go_map_hash_bytes(key, sizeof(struct point));
}

static bool equal(const void *a, const void *b)
{
    const struct point *p = a, *q = b;
    return p->x == q->x && p->y == q->y;
}

static void *copy(const void *key)
{
    struct point *p = malloc(sizeof *p);
    if (p)
        *p = *(const struct point *)key;
    return p;
}

static const go_map_kind points = { hash, equal, copy, free, NULL };
static go_map visits = GO_MAP_INIT(&points);

/* Of the walks that meet a point, the first one marks it. */
static void walk(int id, int dx, int dy, int *marked)
{
    struct point p = { 0, 0 };
    for (int i = 0; i < 30; i++) {
        int r = go_map_load_or_store(&visits, &p, (void *)(intptr_t)id, NULL);
        if (r < 0)
            abort();
        *marked += r == 0;
        p.x = (p.x + dx) % 12;
        p.y = (p.y + dy) % 12;
    }
}

int main(void)
{
    int marked[4] = { 0 };
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, walk, 1, 1, 0, &marked[0]);
    go_waitgroup_go(&wg, walk, 2, 0, 1, &marked[1]);
    go_waitgroup_go(&wg, walk, 3, 1, 1, &marked[2]);
    go_waitgroup_go(&wg, walk, 4, 5, 7, &marked[3]);
    go_waitgroup_wait(&wg);
    printf("marked %d\n", marked[0] + marked[1] + marked[2] + marked[3]);
    for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 12; x++) {
            struct point p = { x, y };
            putchar(go_map_load(&visits, &p, NULL) ? '#' : '.');
        }
        putchar('\n');
    }
    go_map_free(&visits);
}
