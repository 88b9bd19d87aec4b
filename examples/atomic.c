/* SPDX-License-Identifier: MIT */
/* atomic - counting without a lock, and a maximum by compare and swap. */
#include <goroutine.h>
#include <stdio.h>

static int32_t count; /* a plain object, used atomically by all */
static go_int64 highest;

static void raise_to(go_int64 *max, int64_t v)
{
    int64_t seen = go_int64_load(max);
    while (seen < v && !go_int64_compare_and_swap(max, seen, v))
        seen = go_int64_load(max);
}

static void increment(int id)
{
    for (int i = 0; i < 1000; i++) {
        go_atomic_add(&count, 1);
        raise_to(&highest, (int64_t)id * 1000 + i);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int id = 0; id < 100; id++)
        go_waitgroup_go(&wg, increment, id);
    go_waitgroup_wait(&wg);
    printf("count %d, highest %lld\n", (int)go_atomic_load(&count),
           (long long)go_int64_load(&highest));
    return go_atomic_load(&count) != 100000 || go_int64_load(&highest) != 99999;
}
