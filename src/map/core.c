/* SPDX-License-Identifier: MIT */
/* The memory behind a map, from its first entry to go_map_free. */
#include "base/fatal.h"
#include "map/grace.h"

#include <string.h>
#include <unistd.h>

/* One stripe to a line; so many that two of a P's neighbours seldom meet. */
#define STRIPES_PER_P 16
#define MAX_STRIPES   1024

static uint32_t power_of_two(uint32_t n)
{
    uint32_t p = 2;
    while (p < n)
        p *= 2;
    return p;
}

/* One block: the core, its stripes, its gates. */
static struct go_map_core_ *core_new(void)
{
    rt_exit(rt_enter()); /* the runtime has started: it has its Ps, and membarrier */
    uint32_t ngates = ld_relaxed(&sched.nallp);
    uint32_t n = power_of_two(STRIPES_PER_P * ngates);
    uint32_t nstripes = n > MAX_STRIPES ? MAX_STRIPES : n;
    size_t size = sizeof(struct go_map_core_) + nstripes * sizeof(struct stripe) +
                  2 * (size_t)ngates * sizeof(struct gate);
    struct go_map_core_ *core = fault(FAIL_MALLOC) ? NULL : aligned_alloc(CACHE_LINE, size);
    if (!core)
        return NULL;
    memset(core, 0, size);
    core->stripe = (struct stripe *)(core + 1);
    core->gate = (struct gate *)(core->stripe + nstripes);
    core->nstripes = nstripes;
    core->ngates = ngates;
    core->shift = 64 - (uint32_t)__builtin_ctz(nstripes);
    if (getentropy(&core->seed, sizeof core->seed) != 0)
        core->seed = (uintptr_t)core; /* old kernels early at boot: addresses differ too */
    return core;
}

struct go_map_core_ *map_core(go_map *map)
{
    struct go_map_core_ *core = ld_acquire(&map->core_);
    if (likely(core))
        return core;
    struct go_map_core_ *mine = core_new();
    if (!mine)
        return NULL;
    /* Publishes the core to the acquire above; the loser of a race takes the winner's. */
    if (__atomic_compare_exchange_n(&map->core_, &core, mine, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE))
        return mine;
    free(mine);
    return core;
}

/* Folded multiplication: each bit of the result depends on many of the key. */
static inline uint64_t mix(uint64_t x)
{
    __extension__ typedef unsigned __int128 u128;
    u128 p = (u128)x * UINT64_C(0x9E3779B97F4A7C15);
    return (uint64_t)p ^ (uint64_t)(p >> 64);
}

uint64_t map_hash(const go_map *map, const struct go_map_core_ *core, const void *key)
{
    uint64_t h = has_equal(map->kind_) ? map->kind_->hash(key) : (uint64_t)(uintptr_t)key;
    return mix(h ^ core->seed);
}

/* Callbacks may use the map to the last: it is emptied as by others, until nothing that
 * they did is left either. */
void go_map_free(go_map *map)
{
    struct go_map_core_ *core = ld_acquire(&map->core_);
    if (core) {
        if (!gates_empty(map, core))
            panic("go_map_free: the map is pinned");
        do
            go_map_clear(map);
        while (!go_map_collect(map) || go_map_len(map) > 0);
        for (uint32_t i = 0; i < core->nstripes; i++)
            free(core->stripe[i].table);
        free(core);
    }
    *map = (go_map){ .kind_ = map->kind_ };
}
