/* SPDX-License-Identifier: MIT */
/* sync.Map: store, load, delete, swap; missing keys. */
#include <goroutine.h>
#include <stdio.h>

static void show(go_map *m, const char *key)
{
    void *v;
    if (go_map_load(m, key, &v))
        printf("%s = %d\n", key, (int)(intptr_t)v);
    else
        printf("%s missing\n", key);
}

static int put(go_map *m, const char *key, intptr_t v)
{
    return go_map_store(m, key, (void *)v);
}

int main(void)
{
    go_map m = GO_MAP_INIT(&go_map_strings);
    if (put(&m, "one", 1) || put(&m, "two", 2) || put(&m, "three", 3))
        return 1;
    show(&m, "one");
    show(&m, "two");
    show(&m, "four");
    if (put(&m, "two", 22))
        return 1;
    show(&m, "two");
    go_map_delete(&m, "one");
    go_map_delete(&m, "one");
    show(&m, "one");

    void *old;
    int loaded = go_map_swap(&m, "three", (void *)(intptr_t)33, &old);
    printf("swap three: %d %s\n", (int)(intptr_t)old, loaded ? "true" : "false");
    loaded = go_map_swap(&m, "five", (void *)(intptr_t)5, &old);
    printf("swap five: %s %s\n", old ? "a value" : "nil", loaded ? "true" : "false");
    bool found = go_map_load_and_delete(&m, "five", &old);
    printf("load and delete five: %d %s\n", (int)(intptr_t)old, found ? "true" : "false");
    found = go_map_load_and_delete(&m, "five", &old);
    printf("load and delete five: %s %s\n", old ? "a value" : "nil", found ? "true" : "false");
    show(&m, "three");
    show(&m, "five");
    go_map_free(&m);
}
