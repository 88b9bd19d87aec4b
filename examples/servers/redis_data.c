/* SPDX-License-Identifier: MIT */
#include "redis.h"

#include <stdlib.h>
#include <string.h>

static uint64_t key_hash(const void *key)
{
    const struct bytes *k = key;
    return go_map_hash_bytes(k->at, k->len);
}

static bool key_equal(const void *a, const void *b)
{
    const struct bytes *x = a, *y = b;
    return x->len == y->len && memcmp(x->at, y->at, x->len) == 0;
}

static void *key_copy(const void *key)
{
    const struct bytes *k = key;
    struct bytes *own = malloc(sizeof *own + k->len);
    if (!own)
        return NULL;
    own->at = memcpy(own + 1, k->at, k->len);
    own->len = k->len;
    return own;
}

static const go_map_kind kind = { key_hash, key_equal, key_copy, free, free };
static go_map data = GO_MAP_INIT(&kind);

unsigned data_pin(void)
{
    return go_map_pin(&data);
}

void data_unpin(unsigned pin)
{
    go_map_unpin(&data, pin);
}

static struct value *value_new(struct bytes b, int64_t expires)
{
    struct value *v = malloc(sizeof *v + b.len);
    if (v) {
        v->expires = expires;
        v->len = b.len;
        memcpy(v->at, b.at, b.len);
    }
    return v;
}

static bool expired(const struct value *v)
{
    return v->expires != GO_FOREVER && v->expires <= go_now();
}

/* What has expired is as if it were not there, and goes when somebody looks. */
static struct value *load(struct bytes key)
{
    void *v;
    if (!go_map_load(&data, &key, &v))
        return NULL;
    if (!expired(v))
        return v;
    go_map_compare_and_delete(&data, &key, v);
    return NULL;
}

const struct value *data_load(struct bytes key)
{
    return load(key);
}

int data_store(struct bytes key, struct bytes value)
{
    struct value *v = value_new(value, GO_FOREVER);
    if (v && go_map_store(&data, &key, v) == 0)
        return 0;
    free(v);
    return DATA_NO_MEMORY;
}

bool data_delete(struct bytes key)
{
    void *old;
    bool was_there = false;
    go_with_map(&data) was_there = go_map_load_and_delete(&data, &key, &old) && !expired(old);
    return was_there;
}

/* One try to put v where old (NULL: nothing) was.  1 done; 0 it has changed meanwhile, v is
 * the caller's; or DATA_NO_MEMORY. */
static int replace(struct bytes key, struct value *old, struct value *v)
{
    int done = old ? go_map_compare_and_swap(&data, &key, old, v)
                   : go_map_load_or_store(&data, &key, v, NULL);
    if (done < 0)
        return DATA_NO_MEMORY;
    return old ? done : !done;
}

static int try_add(struct bytes key, int64_t n, int64_t *sum)
{
    char digits[24];
    struct value *old = load(key);
    *sum = 0;
    if (old && !bytes_to_number((struct bytes){ old->at, old->len }, sum))
        return DATA_NOT_A_NUMBER;
    if (__builtin_add_overflow(*sum, n, sum))
        return DATA_NOT_A_NUMBER;
    struct value *v = value_new(number_to_bytes(*sum, digits), old ? old->expires : GO_FOREVER);
    int done = v ? replace(key, old, v) : DATA_NO_MEMORY;
    if (done != 1)
        free(v);
    return done;
}

int data_add(struct bytes key, int64_t n, int64_t *sum)
{
    int done = 0;
    while (done == 0)
        go_with_map(&data) done = try_add(key, n, sum);
    return done == 1 ? 0 : done;
}

/* --- Expiry ---------------------------------------------------------------------- */

static bool sweep_one(const void *key, void *value, void *arg)
{
    (void)arg;
    if (expired(value))
        go_map_compare_and_delete(&data, key, value);
    return true;
}

/* What expires and is never asked for again. */
static void sweep(void)
{
    for (;;) {
        go_sleep(GO_SECOND);
        go_map_range(&data, sweep_one, NULL);
    }
}

static void start_sweeping(void *arg)
{
    (void)arg;
    go(sweep);
}

static int try_expire(struct bytes key, int64_t at)
{
    struct value *old = load(key);
    if (!old)
        return -1;
    struct value *v = value_new((struct bytes){ old->at, old->len }, at);
    int done = v ? replace(key, old, v) : DATA_NO_MEMORY;
    if (done != 1)
        free(v);
    return done;
}

int data_expire(struct bytes key, int64_t at)
{
    static go_once once;
    int done = 0;
    go_once_do(&once, start_sweeping, NULL);
    while (done == 0)
        go_with_map(&data) done = try_expire(key, at);
    return done == -1 ? 0 : done;
}

/* --- Numbers --------------------------------------------------------------------- */

bool bytes_to_number(struct bytes b, int64_t *n)
{
    const bool negative = b.len && b.at[0] == '-';
    int64_t sum = 0;
    if (b.len == (size_t)negative || b.len > 20)
        return false;
    for (size_t i = negative; i < b.len; i++) {
        const int digit = b.at[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(sum, 10, &sum) ||
            __builtin_add_overflow(sum, negative ? -digit : digit, &sum))
            return false;
    }
    *n = sum;
    return true;
}

struct bytes number_to_bytes(int64_t n, char *buffer)
{
    char *end = buffer + 24, *at = end;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do {
        *--at = (char)('0' + rest % 10);
    } while (rest /= 10);
    if (n < 0)
        *--at = '-';
    return (struct bytes){ at, (size_t)(end - at) };
}
