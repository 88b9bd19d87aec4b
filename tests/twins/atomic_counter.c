/* SPDX-License-Identifier: MIT */
/* A counter without a lock, and a maximum kept by compare and swap. */
#include <goroutine.h>
#include <stdio.h>

static int32_t count;
static int64_t highest;

static void increment(void)
{
    go_atomic_add(&count, 1);
}

static int32_t get_count(void)
{
    return go_atomic_load(&count);
}

static void raise_to(int64_t v)
{
    int64_t old = go_atomic_load(&highest);
    while (v > old && !go_atomic_compare_and_swap(&highest, old, v))
        old = go_atomic_load(&highest);
}

static void work(int g)
{
    for (int i = 0; i < 1000; i++) {
        increment();
        raise_to((g * 1000 + i) * 7919 % 8009);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int g = 0; g < 8; g++)
        go_waitgroup_go(&wg, work, g);
    go_waitgroup_wait(&wg);
    printf("count %d\n", get_count());
    printf("highest %lld\n", (long long)go_atomic_load(&highest));
}
