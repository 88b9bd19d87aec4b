/* SPDX-License-Identifier: MIT */
/* Memory model of sync.Map: a write operation is synchronised before the read operation
 * that observes its effect: what was written before a store is seen after the load, and
 * what was written before a delete by who finds the key gone. */
#include "check.h"

#include <goroutine.h>

static go_map m;
static int plain[2]; /* ordered by the map alone */

static void producer(uint64_t rounds)
{
    for (uint64_t i = 0; i < rounds; i++) {
        plain[0] = (int)i;
        CHECK_EQ(go_map_store(&m, GO_MAP_KEY(i), NULL), 0);
        while (go_map_load(&m, GO_MAP_KEY(i), NULL))
            go_yield();
        CHECK_EQ(plain[1], (int)i + 1);
    }
}

int main(void)
{
    uint64_t rounds = (uint64_t)test_scale(3000, 300);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, producer, rounds);
    for (uint64_t i = 0; i < rounds; i++) {
        while (!go_map_load(&m, GO_MAP_KEY(i), NULL))
            go_yield();
        CHECK_EQ(plain[0], (int)i);
        plain[1] = (int)i + 1;
        CHECK(go_map_delete(&m, GO_MAP_KEY(i)));
    }
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_map_len(&m), 0);
    go_map_free(&m);
}
