/* SPDX-License-Identifier: MIT */
/* sync.Map: range over all, stop early, delete what is shown, clear. */
#include <goroutine.h>
#include <stdio.h>

enum { KEYS = 1000 };

static go_map m;

struct total {
    int n;
    long keys, values;
};

static bool add(const void *key, void *value, void *arg)
{
    struct total *t = arg;
    t->n++;
    t->keys += (long)GO_MAP_NUMBER(key);
    t->values += (long)(intptr_t)value;
    return true;
}

static bool ten(const void *key, void *value, void *arg)
{
    add(key, value, arg);
    return ((struct total *)arg)->n < 10;
}

static bool delete_odd(const void *key, void *value, void *arg)
{
    (void)value, (void)arg;
    if (GO_MAP_NUMBER(key) % 2 == 1)
        go_map_delete(&m, key);
    return true;
}

static void show(const char *what)
{
    struct total t = { 0 };
    go_map_range(&m, add, &t);
    printf("%s: %d entries, keys %ld, values %ld\n", what, t.n, t.keys, t.values);
}

int main(void)
{
    show("empty");
    for (int i = 0; i < KEYS; i++)
        if (go_map_store(&m, GO_MAP_KEY(i), (void *)(intptr_t)(i * i)))
            return 1;
    show("full");
    struct total t = { 0 };
    go_map_range(&m, ten, &t);
    printf("stopped after %d\n", t.n);
    go_map_range(&m, delete_odd, NULL);
    show("even");
    go_map_clear(&m);
    show("clear");
    go_map_free(&m);
}
