/* SPDX-License-Identifier: MIT */
/* sync.Map: compare and swap, compare and delete. */
#include <goroutine.h>
#include <stdio.h>

static go_map m = GO_MAP_INIT(&go_map_strings);

static void swap(const char *key, intptr_t old, intptr_t new)
{
    int r = go_map_compare_and_swap(&m, key, (void *)old, (void *)new);
    printf("swap %s %d %d: %s\n", key, (int)old, (int)new, r == 1 ? "true" : "false");
}

static void delete (const char *key, intptr_t old)
{
    bool r = go_map_compare_and_delete(&m, key, (void *)old);
    printf("delete %s %d: %s\n", key, (int)old, r ? "true" : "false");
}

int main(void)
{
    swap("a", 0, 1);
    delete ("a", 0);
    if (go_map_store(&m, "a", (void *)1))
        return 1;
    swap("a", 2, 3);
    swap("a", 1, 2);
    swap("a", 2, 2);
    swap("b", 2, 3);
    delete ("a", 1);
    delete ("b", 2);
    delete ("a", 2);
    delete ("a", 2);
    swap("a", 2, 3);
    void *v;
    printf("there: %s\n", go_map_load(&m, "a", &v) ? "true" : "false");
    go_map_free(&m);
}
