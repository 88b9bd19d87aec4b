/* SPDX-License-Identifier: MIT */
/* go_map_strings, go_map_integers: keys are equal when what they point to is; the map has
 * its own copy. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static void strings(void)
{
    go_map m = GO_MAP_INIT(&go_map_strings);
    char key[300];
    for (int n = 0; n < 260; n++) { /* of every length, ending differently */
        memset(key, 'x', sizeof key);
        key[n] = '\0';
        CHECK_EQ(go_map_store(&m, key, (void *)(intptr_t)n), 0);
    }
    CHECK_EQ(go_map_len(&m), 260);
    for (int n = 0; n < 260; n++) {
        memset(key, 'x', sizeof key);
        key[n] = '\0';
        void *v;
        CHECK(go_map_load(&m, key, &v));
        CHECK_EQ((intptr_t)v, n);
        if (n) {
            key[n - 1] = 'y';
            CHECK(!go_map_load(&m, key, &v));
        }
    }
    CHECK(go_map_delete(&m, ""));
    CHECK(!go_map_delete(&m, ""));
    go_map_free(&m);
}

static void integers(void)
{
    go_map m = GO_MAP_INIT(&go_map_integers);
    for (uint64_t i = 0; i < 1000; i++) {
        uint64_t key = i << 32 | i;
        CHECK_EQ(go_map_store(&m, &key, (void *)(uintptr_t)i), 0);
    }
    for (uint64_t i = 0; i < 1000; i++) {
        uint64_t key = i << 32 | i, other = i << 33 | 1;
        void *v;
        CHECK(go_map_load(&m, &key, &v));
        CHECK_EQ((uintptr_t)v, i);
        CHECK(!go_map_load(&m, &other, &v) || other == key);
    }
    CHECK_EQ(go_map_len(&m), 1000);
    go_map_free(&m);
}

static void hash(void)
{
    char a[] = "0123456789abcdef", b[] = "_0123456789abcdef";
    for (size_t n = 0; n <= 16; n++) { /* of the bytes, wherever they stand */
        CHECK_EQ(go_map_hash_bytes(a, n), go_map_hash_bytes(b + 1, n));
        CHECK(n == 0 || go_map_hash_bytes(a, n) != go_map_hash_bytes(a, n - 1));
    }
    CHECK_EQ(go_map_hash_string(a), go_map_hash_bytes(a, 16));
    CHECK(go_map_hash_bytes("\0\0", 1) != go_map_hash_bytes("\0\0", 2));
}

int main(void)
{
    strings();
    integers();
    hash();
}
