/* SPDX-License-Identifier: MIT */
/* A callback of a map that panics or calls go_exit ends the call that called it, and
 * leaves nothing locked or pinned: the map can be used, collected and freed.  So do a
 * panic and go_exit in go_with_map and in go_map_range.  Each key and value is still
 * destroyed once. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

enum where { NOWHERE, HASH, EQUAL, COPY, FREE, DESTROY, HOLD, RANGE, PINNED, PLACES };

static enum where trap; /* whoever gets there springs it */
static bool by_exit;
static long keys, values; /* in being */
static go_map m;
static void *ours; /* handed to a store */

static void step_on(enum where at)
{
    if (trap != at)
        return;
    trap = NOWHERE;
    if (by_exit)
        go_exit();
    go_panic("sprung");
}

static uint64_t hash(const void *key)
{
    step_on(HASH);
    (void)key;
    return 1; /* all in one part of the map */
}

static bool equal(const void *a, const void *b)
{
    step_on(EQUAL);
    return strcmp(a, b) == 0;
}

static void *copy(const void *key)
{
    step_on(COPY);
    keys++;
    return strdup(key);
}

static void free_key(void *key)
{
    free(key);
    keys--;
    step_on(FREE);
}

static void destroy(void *value)
{
    free(value);
    values--;
    step_on(DESTROY);
}

static const go_map_kind kind = { hash, equal, copy, free_key, destroy };

static void *new_value(void)
{
    values++;
    return malloc(8);
}

static void hold(void *value, void *arg)
{
    (void)value, (void)arg;
    step_on(HOLD);
}

static bool show(const void *key, void *value, void *arg)
{
    (void)key, (void)value, (void)arg;
    step_on(RANGE);
    return true;
}

/* The call that meets the trap. */
static void call(enum where at, bool load)
{
    void *v;
    if (at == RANGE)
        go_map_range(&m, show, NULL);
    else if (at == FREE || at == DESTROY)
        go_map_collect(&m);
    else if (at == HOLD)
        go_map_load_with(&m, "old", hold, NULL, &v);
    else if (at == PINNED)
        go_with_map(&m) step_on(PINNED);
    else if (load && at != COPY)
        go_map_load(&m, "old", &v);
    else
        (void)!go_map_store(&m, at == COPY ? "new" : "old", ours = new_value());
}

static void ended(go_chan(int) done)
{
    go_close(done);
}

static void worker(enum where at, bool load, go_chan(int) done)
{
    go_defer(ended, done);
    call(at, load);
    CHECK(!"came back");
}

static void one(enum where at, bool load, bool exits)
{
    trap = at;
    by_exit = exits;
    go_recovered r;
    if (exits) {
        go_chan(int) done = go_make(int, 0);
        go(worker, at, load, done);
        CHECK(!go_recv(done, NULL));
        go_drop(done);
    } else {
        CHECK(go_recover(&r, call, at, load));
        CHECK(strcmp(r.text, "sprung") == 0);
    }
    CHECK_EQ((int)trap, NOWHERE);
    if (ours) { /* the call did not take it */
        free(ours);
        values--;
        ours = NULL;
    }
}

static void fill(void)
{
    CHECK_EQ(go_map_store(&m, "old", new_value()), 0);
    for (int i = 0; i < 3; i++)
        CHECK_EQ(go_map_store(&m, "gone", new_value()), 0);
    CHECK(go_map_delete(&m, "gone"));
}

int main(void)
{
    for (int at = HASH; at < PLACES; at++)
        for (int way = 0; way < 4; way++) {
            m = (go_map)GO_MAP_INIT(&kind);
            fill();
            one(at, way & 1, way & 2);
            CHECK_EQ(go_map_len(&m), 1);
            fill(); /* neither the key's part is locked, nor ... */
            CHECK(go_map_collect(&m));
            CHECK_EQ(keys, 1);
            CHECK_EQ(values, 1);
            go_map_free(&m); /* ... is there a pin */
            CHECK_EQ(keys, 0);
            CHECK_EQ(values, 0);
        }
}
