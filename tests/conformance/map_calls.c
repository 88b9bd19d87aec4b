/* SPDX-License-Identifier: MIT */
/* What each call of sync.Map returns when the key is there and when it is not.  NULL is a
 * key and a value like any other. */
#include "check.h"

#include <goroutine.h>

static go_map m;
static int a, b, c;

static void expect(const void *key, void *want)
{
    void *v = &m;
    CHECK(go_map_load(&m, key, &v));
    CHECK(v == want);
    CHECK(go_map_load(&m, key, NULL));
}

static void missing(const void *key)
{
    void *v = &m;
    CHECK(!go_map_load(&m, key, &v));
    CHECK(v == NULL);
}

static void all_on(const void *key)
{
    void *v = &m;
    size_t others = go_map_len(&m);
    missing(key);
    CHECK_EQ(go_map_store(&m, key, &a), 0);
    expect(key, &a);
    CHECK_EQ(go_map_len(&m), others + 1);
    CHECK_EQ(go_map_store(&m, key, &b), 0);
    expect(key, &b);
    CHECK_EQ(go_map_len(&m), others + 1);

    CHECK_EQ(go_map_load_or_store(&m, key, &c, &v), 1);
    CHECK(v == &b);
    expect(key, &b);
    CHECK_EQ(go_map_swap(&m, key, &c, &v), 1);
    CHECK(v == &b);
    CHECK_EQ(go_map_compare_and_swap(&m, key, &b, &a), 0);
    expect(key, &c);
    CHECK_EQ(go_map_compare_and_swap(&m, key, &c, NULL), 1);
    expect(key, NULL);
    CHECK(!go_map_compare_and_delete(&m, key, &c));
    expect(key, NULL);
    CHECK(go_map_compare_and_delete(&m, key, NULL));
    missing(key);

    CHECK_EQ(go_map_compare_and_swap(&m, key, NULL, &a), 0);
    CHECK(!go_map_compare_and_delete(&m, key, NULL));
    missing(key);
    CHECK_EQ(go_map_swap(&m, key, &a, &v), 0);
    CHECK(v == NULL);
    CHECK(go_map_load_and_delete(&m, key, &v));
    CHECK(v == &a);
    v = &m;
    CHECK(!go_map_load_and_delete(&m, key, &v));
    CHECK(v == NULL);
    CHECK_EQ(go_map_load_or_store(&m, key, &b, &v), 0);
    CHECK(v == &b);
    CHECK(go_map_delete(&m, key));
    CHECK(!go_map_delete(&m, key));
    missing(key);
    CHECK_EQ(go_map_len(&m), others);
}

int main(void)
{
    static const uint64_t keys[] = { 0, 1, 15, 16, 17, 1u << 31, UINT64_MAX - 1, UINT64_MAX };
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
            all_on(GO_MAP_KEY(keys[i]));
        for (uint64_t i = 0; i < 1000; i++) /* and among others */
            CHECK_EQ(go_map_store(&m, GO_MAP_KEY(i * 3 + 100), &m), 0);
    }
    go_map_free(&m);
}
