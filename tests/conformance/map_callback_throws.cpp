/* SPDX-License-Identifier: MIT */
/* A callback of a map that throws ends the call that called it.  The exception passes,
 * nothing stays locked or pinned, and a later panic finds nothing left behind. */
#include "check.h"

#include <goroutine.h>

enum where { NOWHERE, HASH, EQUAL, COPY, FREE, DESTROY, HOLD, RANGE, PINNED, PLACES };

static int trap;
static long keys, values; /* in being */
static go_map m;

static void step_on(int at)
{
    if (trap != at)
        return;
    trap = NOWHERE;
    throw at;
}

static uint64_t hash(const void *)
{
    step_on(HASH);
    return 1;
}

static bool equal(const void *a, const void *b)
{
    step_on(EQUAL);
    return *static_cast<const int *>(a) == *static_cast<const int *>(b);
}

static void *copy(const void *key)
{
    step_on(COPY);
    keys++;
    return new int(*static_cast<const int *>(key));
}

static void free_key(void *key)
{
    delete static_cast<int *>(key);
    keys--;
    step_on(FREE);
}

static void destroy(void *value)
{
    delete static_cast<int *>(value);
    values--;
    step_on(DESTROY);
}

static const go_map_kind kind = { hash, equal, copy, free_key, destroy };

static void store(int key)
{
    int *v = new int(key);
    values++;
    try {
        CHECK_EQ(go_map_store(&m, &key, v), 0);
    } catch (...) {
        delete v;
        values--;
        throw;
    }
}

static void call(int at)
{
    int old = 1, none = 2;
    if (at == RANGE) {
        auto show = [](const void *, void *, void *) { return step_on(RANGE), true; };
        go_map_range(&m, show, nullptr);
    } else if (at == FREE || at == DESTROY) {
        go_map_delete(&m, &old);
        go_map_collect(&m);
    } else if (at == HOLD) {
        auto hold = [](void *, void *) { step_on(HOLD); };
        go_map_load_with(&m, &old, hold, nullptr, nullptr);
    } else if (at == PINNED) {
        go_with_map(&m) step_on(PINNED);
    } else {
        store(at == COPY ? none : old);
    }
}

static void one(int at)
{
    int caught = NOWHERE;
    store(1);
    trap = at;
    try {
        call(at);
    } catch (int where) {
        caught = where;
    }
    CHECK_EQ(caught, at);
}

int main()
{
    m = GO_MAP_INIT(&kind);
    for (int at = HASH; at < PLACES; at++) {
        one(at);
        CHECK(go_recover(nullptr, [] { go_panic("nothing to do with it"); }));
        store(1);
        store(3);
        CHECK(go_map_collect(&m));
        CHECK_EQ(go_map_len(&m), 2);
        CHECK_EQ(values, 2);
        go_map_free(&m);
        CHECK_EQ(keys, 0);
        CHECK_EQ(values, 0);
    }
}
