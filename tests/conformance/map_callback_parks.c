/* SPDX-License-Identifier: MIT */
/* A goroutine that parks in a callback of a map stops no loads, nor changes of other
 * parts; what it does stop goes on when the callback returns. */
#include "check.h"

#include <goroutine.h>

enum { KEYS = 200 };

static go_map m;
static bool slow; /* set while one goroutine's equal is to park */
static go_chan(int) entered, leave;
static int changed; /* atomic */

static uint64_t hash(const void *key)
{
    return GO_MAP_NUMBER(key) & ~UINT64_C(1); /* 2k and 2k + 1 collide */
}

static bool equal(const void *a, const void *b)
{
    if (__atomic_exchange_n(&slow, false, __ATOMIC_SEQ_CST)) {
        go_send(entered, 1);
        go_recv(leave, NULL);
    }
    return a == b;
}

static const go_map_kind kind = { .hash = hash, .equal = equal };

static void deleter(go_waitgroup *wg)
{
    CHECK(!go_map_delete(&m, GO_MAP_KEY(1))); /* meets 0: equal parks */
    go_waitgroup_done(wg);
}

static void changer(uint64_t k, go_waitgroup *wg)
{
    CHECK_EQ(go_map_store(&m, GO_MAP_KEY(k), &m), 0);
    __atomic_add_fetch(&changed, 1, __ATOMIC_SEQ_CST);
    go_waitgroup_done(wg);
}

int main(void)
{
    m = (go_map)GO_MAP_INIT(&kind);
    entered = go_make(int, 0);
    leave = go_make(int, 0);
    for (uint64_t k = 0; k < KEYS; k += 2)
        CHECK_EQ(go_map_store(&m, GO_MAP_KEY(k), NULL), 0);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 1 + KEYS / 2);
    slow = true;
    go(deleter, &wg);
    go_recv(entered, NULL);

    for (uint64_t k = 0; k < KEYS; k++)
        CHECK_EQ(go_map_load(&m, GO_MAP_KEY(k), NULL), k % 2 == 0);
    for (uint64_t k = 0; k < KEYS; k += 2)
        go(changer, k, &wg);
    /* All but those of the locked part get through: far more than half. */
    while (__atomic_load_n(&changed, __ATOMIC_SEQ_CST) < KEYS / 4)
        go_yield();
    CHECK(__atomic_load_n(&changed, __ATOMIC_SEQ_CST) < KEYS / 2); /* key 0's part is held */
    go_send(leave, 1);
    go_waitgroup_wait(&wg);
    CHECK_EQ(changed, KEYS / 2);
    go_map_free(&m);
    go_drop(entered);
    go_drop(leave);
}
