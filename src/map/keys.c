/* SPDX-License-Identifier: MIT */
/* The ready-made kinds of keys, and a hash for bytes.
 *
 * Eight bytes at a time, folded multiplications under a seed drawn once for the process. */
#include "map/map.h"

#include <goroutine/map.h>
#include <string.h>
#include <unistd.h>

static uint64_t seed_of_process; /* [atomic] 0: not drawn yet; then never changes */

static never_inline uint64_t draw_seed(void)
{
    uint64_t mine = 0;
    if (getentropy(&mine, sizeof mine) != 0 || mine == 0)
        mine = (uintptr_t)&mine | 1;
    cas(&seed_of_process, (uint64_t)0, mine); /* all use the first one drawn */
    return ld_relaxed(&seed_of_process);
}

static inline uint64_t seed(void)
{
    uint64_t s = ld_relaxed(&seed_of_process);
    return likely(s) ? s : draw_seed();
}

static inline uint64_t fold(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 u128;
    u128 p = (u128)a * b;
    return (uint64_t)p ^ (uint64_t)(p >> 64);
}

#define K0 UINT64_C(0xA24BAED4963EE407)
#define K1 UINT64_C(0x9FB21C651E98DF25)

uint64_t go_map_hash_bytes(const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    uint64_t h = seed() ^ fold(n ^ K0, K1), word;
    for (; n >= sizeof word; n -= sizeof word, p += sizeof word) {
        memcpy(&word, p, sizeof word);
        h = fold(h ^ word, K0) + K1;
    }
    word = 0;
    if (n)
        memcpy(&word, p, n);
    return fold(h ^ word, K1 ^ n);
}

uint64_t go_map_hash_string(const void *key)
{
    return go_map_hash_bytes(key, strlen(key));
}

bool go_map_equal_string(const void *a, const void *b)
{
    return strcmp(a, b) == 0;
}

static void *copy_bytes(const void *bytes, size_t n)
{
    void *p = map_malloc(n);
    return p ? memcpy(p, bytes, n) : NULL;
}

void *go_map_copy_string(const void *key)
{
    return copy_bytes(key, strlen(key) + 1);
}

uint64_t go_map_hash_integer(const void *key)
{
    return go_map_hash_bytes(key, sizeof(uint64_t));
}

bool go_map_equal_integer(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(uint64_t)) == 0;
}

void *go_map_copy_integer(const void *key)
{
    return copy_bytes(key, sizeof(uint64_t));
}

void go_map_free_key(void *key)
{
    free(key);
}

const go_map_kind go_map_strings = { GO_MAP_STRING_KEYS, NULL };
const go_map_kind go_map_integers = { GO_MAP_INTEGER_KEYS, NULL };
