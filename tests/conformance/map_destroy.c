/* SPDX-License-Identifier: MIT */
/* A map with destroy_value destroys each value that it was given once, whichever way it
 * went out, and none that it did not take; and frees each key that it copied. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

enum { VALUES = 200 };

static int destroyed[VALUES], keys; /* atomic */
static int value[VALUES], used;
static go_map *current;

static void destroy(void *v)
{
    __atomic_add_fetch(&destroyed[(int *)v - value], 1, __ATOMIC_RELAXED);
    go_map_load(current, "a", NULL); /* a destroyer may use the map */
}

static void *copy(const void *key)
{
    __atomic_add_fetch(&keys, 1, __ATOMIC_RELAXED);
    return strdup(key);
}

static void drop_key(void *key)
{
    __atomic_sub_fetch(&keys, 1, __ATOMIC_RELAXED);
    memset(key, '!', strlen(key));
    free(key);
}

static const go_map_kind kind = { go_map_hash_string, go_map_equal_string, copy, drop_key,
                                  destroy };

static void *fresh(void)
{
    CHECK(used < VALUES);
    return &value[used++];
}

static void expect(const void *v, int times)
{
    while (!go_map_collect(current))
        go_yield();
    CHECK_EQ(destroyed[(const int *)v - value], times);
}

static bool keep_going(const void *key, void *v, void *arg)
{
    (void)key, (void)arg;
    CHECK_EQ(destroyed[(int *)v - value], 0);
    return true;
}

/* Destroying one deletes the next: no deeper a stack for a longer list. */
struct link {
    go_map *map;
    uint64_t next;
};

static int links;

static void unlink_next(void *v)
{
    struct link l = *(struct link *)v;
    free(v);
    links--;
    go_map_delete(l.map, GO_MAP_KEY(l.next));
}

static void cascade(int n)
{
    static const go_map_kind list = { .destroy_value = unlink_next };
    go_map m = GO_MAP_INIT(&list);
    for (int i = 0; i < n; i++) {
        struct link *l = malloc(sizeof *l);
        CHECK(l);
        *l = (struct link){ &m, (uint64_t)i + 1 };
        CHECK_EQ(go_map_store(&m, GO_MAP_KEY(i), l), 0);
    }
    links = n;
    go_map_delete(&m, GO_MAP_KEY(0));
    for (int i = 0; i < 10; i++)
        go_map_collect(&m);
    CHECK(n - links >= 10);
    go_map_free(&m);
    CHECK_EQ(links, 0);
}

int main(void)
{
    cascade(test_scale(20000, 2000));
    go_map m = GO_MAP_INIT(&kind);
    current = &m;
    void *a = fresh(), *b = fresh(), *c = fresh(), *old;
    CHECK_EQ(go_map_store(&m, "a", a), 0);
    expect(a, 0);
    CHECK_EQ(go_map_store(&m, "a", b), 0);
    expect(a, 1);
    expect(b, 0);
    CHECK_EQ(go_map_load_or_store(&m, "a", c, &old), 1);
    expect(c, 0); /* still ours */
    CHECK_EQ(go_map_compare_and_swap(&m, "a", a, c), 0);
    expect(c, 0);
    CHECK_EQ(go_map_compare_and_swap(&m, "a", b, c), 1);
    expect(b, 1);
    go_with_map(&m)
    {
        CHECK_EQ(go_map_swap(&m, "a", fresh(), &old), 1);
        CHECK(old == c);
        go_map_collect(&m);
        CHECK_EQ(destroyed[(int *)c - value], 0); /* until the pin is given back */
    }
    expect(c, 1);
    CHECK(go_map_load(&m, "a", &old));
    CHECK(!go_map_compare_and_delete(&m, "a", c));
    expect(old, 0);
    CHECK(go_map_compare_and_delete(&m, "a", old));
    expect(old, 1);
    CHECK_EQ(keys, 0);
    for (int i = 0; i < 50; i++) {
        char key[2] = { (char)('A' + i), 0 };
        CHECK_EQ(go_map_store(&m, key, fresh()), 0);
    }
    CHECK_EQ(keys, 50);
    go_map_range(&m, keep_going, NULL);
    CHECK(go_map_delete(&m, "B"));
    CHECK(go_map_load_and_delete(&m, "C", NULL));
    go_map_clear(&m);
    CHECK_EQ(go_map_len(&m), 0);
    expect(a, 1);
    CHECK_EQ(keys, 0);
    CHECK_EQ(go_map_store(&m, "z", fresh()), 0);
    CHECK_EQ(go_map_store(&m, "z", fresh()), 0);
    go_map_free(&m);
    for (int i = 0; i < used; i++)
        CHECK_EQ(destroyed[i], 1);
    CHECK_EQ(keys, 0);
}
