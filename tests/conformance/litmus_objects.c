/* SPDX-License-Identifier: MIT */
/* The memory model, other objects: what is before a signal is before the return of the
 * wait that it wakes; a release of a semaphore before a later acquire; a put into a pool
 * before the get that returns it; a store into a map before the load that finds it; an
 * unlock before a try_lock that succeeds; the end of a go_waitgroup_go before the wait;
 * the k-th receive before the (k+C)-th send.
 *
 * All data is plain, so the thread sanitizer checks the same promises. */
#include "check.h"

#include <goroutine.h>

static int rounds;

/* --- cond: handed to and fro, the mutex not held while the data is used --- */

struct court {
    go_mutex mu;
    go_cond cond;
    int turn, ball;
};

static void play(struct court *c, int side)
{
    for (int i = 0; i < rounds; i++) {
        go_mutex_lock(&c->mu);
        while (c->turn != side)
            go_cond_wait(&c->cond, &c->mu);
        go_mutex_unlock(&c->mu);
        CHECK_EQ(c->ball, 2 * i + side);
        c->ball++;
        go_mutex_lock(&c->mu);
        c->turn = 1 - side;
        go_mutex_unlock(&c->mu);
        go_cond_signal(&c->cond);
    }
}

/* --- semaphore of one: plain data inside --- */

static void inside(go_sema *s, int *data)
{
    for (int i = 0; i < rounds; i++) {
        if (i % 3 || !go_sema_try_acquire(s, 2))
            go_sema_acquire(s, 2);
        ++*data;
        go_sema_release(s, 2);
    }
}

/* --- pool: what is put is the getter's alone --- */

struct item {
    int written, again;
};

static void *item_make(void *arg)
{
    (void)arg;
    return calloc(1, sizeof(struct item));
}

static void item_free(void *item)
{
    free(item);
}

static void exchange(go_pool *p)
{
    for (int i = 0; i < rounds; i++) {
        struct item *x = go_pool_get(p);
        CHECK_EQ(x->written, x->again);
        x->written++;
        if (i % 64 == 0)
            go_yield();
        x->again++;
        go_pool_put(p, x);
    }
}

/* --- map: publish by store, find by load --- */

static int published[256];

static void publish(go_map *m)
{
    for (uint64_t i = 0; i < 256; i++) {
        published[i] = (int)i + 1;
        CHECK_EQ(go_map_store(m, &i, &published[i]), 0);
    }
}

static void find(go_map *m)
{
    for (uint64_t i = 0; i < 256; i++) {
        void *v;
        while (!go_map_load(m, &i, &v))
            go_yield();
        CHECK_EQ(*(int *)v, (int)i + 1);
    }
}

/* --- try_lock --- */

static void try_count(go_mutex *mu, go_rwmutex *rw, int *data)
{
    for (int i = 0; i < rounds; i++) {
        while (!go_mutex_try_lock(mu))
            go_yield();
        data[0]++;
        go_mutex_unlock(mu);
        while (!go_rwmutex_try_lock(rw))
            go_yield();
        data[1]++;
        go_rwmutex_unlock(rw);
        while (!go_rwmutex_try_rlock(rw))
            go_yield();
        CHECK(data[1] > 0);
        go_rwmutex_runlock(rw);
    }
}

/* --- k-th receive, (k+C)-th send: what the receiver did before it received is before
 * what the sender does after the send that this made possible --- */

enum { ROOM = 3, NOTES = 8 }; /* more than ROOM + 1: nobody comes round to what is read */

static int notes[NOTES];

static void fill(go_chan(int) c)
{
    for (int i = 0; i < rounds; i++) {
        go_send(c, i);
        if (i >= ROOM)
            CHECK_EQ(notes[(i - ROOM) % NOTES], i - ROOM + 1);
    }
}

static void empty(go_chan(int) c)
{
    int v = 0;
    for (int k = 0; k < rounds; k++) {
        notes[k % NOTES] = k + 1;
        go_recv(c, &v);
        CHECK_EQ(v, k);
    }
}

static void both(go_waitgroup *wg)
{
    static struct court court;
    static go_mutex mu;
    static go_rwmutex rw;
    go_sema sema = GO_SEMA_INIT(2);
    go_pool pool = { .make = item_make, .destroy = item_free };
    go_map map = GO_MAP_INIT(&go_map_integers);
    go_chan(int) c = go_make(int, ROOM);
    int counted = 0, tried[2] = { 0 };
    court = (struct court){ .turn = 0 };
    for (int side = 0; side < 2; side++) {
        go_waitgroup_go(wg, play, &court, side);
        go_waitgroup_go(wg, inside, &sema, &counted);
        go_waitgroup_go(wg, exchange, &pool);
        go_waitgroup_go(wg, try_count, &mu, &rw, tried);
        go_waitgroup_go(wg, find, &map);
    }
    go_waitgroup_go(wg, publish, &map);
    go_waitgroup_go(wg, fill, c);
    go_waitgroup_go(wg, empty, c);
    go_waitgroup_wait(wg);
    CHECK_EQ(court.ball, 2 * rounds); /* plain: the ends of all are before the wait */
    CHECK_EQ(counted, 2 * rounds);
    CHECK_EQ(tried[0], 2 * rounds);
    CHECK_EQ(tried[1], 2 * rounds);
    go_pool_end(&pool);
    go_map_free(&map);
    go_drop(c);
}

int main(void)
{
    rounds = test_scale(4000, 200);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        both(&wg);
    }
}
