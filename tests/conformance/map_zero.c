/* SPDX-License-Identifier: MIT */
/* sync.Map: "The zero Map is empty and ready for use": every call on one of zero bytes,
 * and again after go_map_free. */
#include "check.h"

#include <goroutine.h>

static bool never(const void *key, void *value, void *arg)
{
    (void)key, (void)value, (void)arg;
    CHECK(!"called");
    return false;
}

static void use(go_map *m)
{
    void *v = m;
    CHECK(!go_map_load(m, GO_MAP_KEY(1), &v) && !v);
    CHECK(!go_map_delete(m, GO_MAP_KEY(1)));
    v = m;
    CHECK(!go_map_load_and_delete(m, GO_MAP_KEY(1), &v) && !v);
    CHECK(!go_map_compare_and_delete(m, GO_MAP_KEY(1), NULL));
    CHECK_EQ(go_map_compare_and_swap(m, GO_MAP_KEY(1), NULL, m), 0);
    CHECK_EQ(go_map_len(m), 0);
    go_map_range(m, never, NULL);
    go_map_clear(m);
    CHECK(go_map_collect(m));
    go_with_map(m) CHECK(!go_map_load(m, NULL, NULL));
    CHECK_EQ(go_map_store(m, GO_MAP_KEY(1), m), 0);
    CHECK(go_map_load(m, GO_MAP_KEY(1), &v) && v == m);
    CHECK_EQ(go_map_len(m), 1);
    go_map_free(m);
}

int main(void)
{
    go_map m = { 0 };
    use(&m);
    use(&m);
    static go_map s = GO_MAP_INIT(NULL);
    use(&s);
    go_map empty = { 0 };
    go_map_free(&empty);
}
