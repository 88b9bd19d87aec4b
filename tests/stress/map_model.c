/* SPDX-License-Identifier: MIT */
/* Goroutines and foreign threads change one map, each its own keys and all some common
 * ones.  For its own keys each knows what every call must say, from a plain table.  For
 * the common ones every value is a token: it goes in once and comes out once.  Then
 * map_verify. */
#include "sync_crew.h"

#include "map/map.h"

enum { OWN = 64, COMMON = 16, MEMBERS = 12 };

struct game {
    go_map map;
    go_map tokens; /* destroys its values */
    int laps;
    uint32_t members; /* atomic */
};

static long tokens_made, tokens_ended; /* atomic */

struct token {
    uint64_t live, key;
};

#define LIVE UINT64_C(0x70CE4A11F3)

static struct token *token_new(uint64_t key)
{
    struct token *t = malloc(sizeof *t);
    CHECK(t);
    *t = (struct token){ LIVE, key };
    add_relaxed(&tokens_made, 1);
    return t;
}

static void token_end(void *value)
{
    struct token *t = value;
    CHECK(t->live == LIVE); /* never twice, and nobody looks at it any more */
    t->live = 0;
    free(t);
    add_relaxed(&tokens_ended, 1);
}

static void token_drop(void *value)
{
    if (value)
        token_end(value);
}

static const go_map_kind token_kind = { .destroy_value = token_end };

/* One step on a key that is ours alone; *model is its value, NULL: not there. */
static void own_step(go_map *map, const void *key, void **model, uint32_t *seed)
{
    void *next = (void *)(uintptr_t)(chance(seed, 1000) + 1), *got = map;
    int had = *model != NULL;
    switch (chance(seed, 9)) {
    case 0:
        CHECK_EQ(go_map_store(map, key, next), 0);
        *model = next;
        break;
    case 1:
        CHECK_EQ(go_map_swap(map, key, next, &got), had);
        CHECK(got == *model);
        *model = next;
        break;
    case 2:
        CHECK_EQ(go_map_load_or_store(map, key, next, &got), had);
        *model = had ? *model : next;
        CHECK(got == *model);
        break;
    case 3:
        CHECK_EQ(go_map_delete(map, key), had);
        *model = NULL;
        break;
    case 4:
        CHECK_EQ(go_map_load_and_delete(map, key, &got), had);
        CHECK(got == *model);
        *model = NULL;
        break;
    case 5:
        CHECK_EQ(go_map_compare_and_swap(map, key, *model, next), had);
        *model = had ? next : NULL;
        break;
    case 6:
        CHECK_EQ(go_map_compare_and_swap(map, key, map, next), 0);
        break;
    case 7:
        had = had && chance(seed, 2);
        CHECK_EQ(go_map_compare_and_delete(map, key, had ? *model : map), had);
        *model = had ? NULL : *model;
        break;
    default:
        CHECK_EQ(go_map_load(map, key, &got), had);
        CHECK(got == *model);
    }
}

static void look(void *value, void *arg)
{
    struct token *t = value;
    CHECK(t->live == LIVE && t->key == *(uint64_t *)arg);
}

static bool look_all(const void *key, void *value, void *arg)
{
    uint32_t *seen = arg;
    uint64_t k = GO_MAP_NUMBER(key);
    CHECK(k < COMMON && !(*seen >> k & 1)); /* each key once */
    *seen |= 1u << k;
    look(value, &k);
    return true;
}

static void common_step(go_map *map, uint32_t *seed)
{
    uint64_t k = chance(seed, COMMON);
    const void *key = GO_MAP_KEY(k);
    struct token *t = token_new(k);
    uint32_t seen = 0;
    switch (chance(seed, 8)) {
    case 0:
        CHECK_EQ(go_map_store(map, key, t), 0);
        return;
    case 1:
        if (go_map_load_or_store(map, key, t, NULL) == 0)
            return;
        break;
    case 2:
        go_with_map(map)
        {
            void *old;
            if (go_map_load(map, key, &old) && go_map_compare_and_swap(map, key, old, t))
                t = NULL;
            if (old)
                look(old, &k);
        }
        break;
    case 3:
        go_map_delete(map, key);
        break;
    case 4:
        go_with_map(map)
        {
            void *old;
            if (go_map_load_and_delete(map, key, &old))
                look(old, &k);
        }
        break;
    case 5:
        go_map_range(map, look_all, &seen);
        break;
    case 6:
        if (chance(seed, 50) == 0)
            go_map_clear(map);
        break;
    default:
        go_map_load_with(map, key, look, &k, NULL);
    }
    token_drop(t);
}

static void play(void *arg, uint32_t seed)
{
    struct game *g = arg;
    uint64_t me = add_relaxed(&g->members, 1u);
    void *model[OWN] = { NULL };
    for (int i = 0; i < g->laps; i++) {
        uint32_t k = chance(&seed, OWN);
        own_step(&g->map, GO_MAP_KEY(me << 8 | k), &model[k], &seed);
        common_step(&g->tokens, &seed);
        if (chance(&seed, 64) == 0)
            go_yield();
    }
    for (uint64_t k = 0; k < OWN; k++) {
        void *got;
        CHECK_EQ(go_map_load(&g->map, GO_MAP_KEY(me << 8 | k), &got), model[k] != NULL);
        CHECK(got == model[k]);
    }
}

int main(void)
{
    for (int round = 0; round < test_scale(5, 2); round++) {
        struct game g = { .tokens = GO_MAP_INIT(&token_kind), .laps = test_scale(10000, 300) };
        crew_run(MEMBERS, play, &g);
        map_verify(&g.map);
        map_verify(&g.tokens);
        CHECK(go_map_collect(&g.tokens));
        CHECK_EQ(tokens_made - tokens_ended, go_map_len(&g.tokens));
        go_map_free(&g.map);
        go_map_free(&g.tokens);
        CHECK_EQ(tokens_made, tokens_ended);
        go_verify();
    }
}
