/* SPDX-License-Identifier: MIT */
/* go_id, go_name, go_count: ids are never used twice, main is 1, names belong to
 * one goroutine, the count returns to where it was. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static void report(go_chan(uint64_t) ids)
{
    uint64_t id = go_id();
    go_yield();
    CHECK_EQ(go_id(), id);
    go_send(ids, id);
}

static int order_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void unique(int n)
{
    go_chan(uint64_t) ids = go_make(uint64_t, 0);
    uint64_t *all = calloc((size_t)n, sizeof *all);
    CHECK(all);
    for (int lap = 0; lap < 2; lap++)
        for (int i = lap * n / 2; i < (lap + 1) * n / 2; i++)
            go(report, ids);
    for (int i = 0; i < n; i++)
        CHECK(go_recv(ids, &all[i]));
    qsort(all, (size_t)n, sizeof *all, order_u64);
    CHECK(all[0] > 1);
    for (int i = 1; i < n; i++)
        CHECK(all[i] != all[i - 1]);
    free(all);
    go_drop(ids);
}

static void named(go_chan(int) step)
{
    CHECK(!strcmp(go_name(), "reader"));
    go_set_name("writer");
    go_yield();
    CHECK(!strcmp(go_name(), "writer"));
    go_send(step, 1);
}

int main(void)
{
    CHECK_EQ(go_id(), 1);
    CHECK_EQ(go_count(), 1);
    go_chan(int) step = go_make(int, 0);
    go_with(go_attr(.name = "reader"), named, step);
    CHECK(go_recv(step, NULL));
    go_drop(step);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        unique(test_scale(20000, 1000));
    }
    while (go_count() > 1)
        go_yield();
    go_set_name("main goroutine");
    CHECK(!strcmp(go_name(), "main goroutine"));
}
