/* SPDX-License-Identifier: MIT */
/* Go, m.Lock(); defer m.Unlock(): go_with_lock, go_with_wlock and go_with_rlock unlock
 * when a panic or go_exit leaves their block, innermost first, each once. */
#include "check.h"

#include <goroutine.h>

static go_mutex m, inner;
static go_rwmutex rw;

enum way { END, RETURN, BREAK, PANIC, EXIT };

static void leave(enum way way)
{
    if (way == PANIC)
        go_panic("out");
    if (way == EXIT)
        go_exit();
}

static void mutex(enum way way)
{
    go_with_lock (&m) {
        go_with_lock (&inner) {
            CHECK(!go_mutex_try_lock(&m) && !go_mutex_try_lock(&inner));
            if (way == RETURN)
                return;
            if (way == BREAK)
                break;
            leave(way);
        }
        CHECK(go_mutex_try_lock(&inner));
        go_mutex_unlock(&inner);
    }
}

static void writer(enum way way)
{
    go_with_wlock (&rw) {
        CHECK(!go_rwmutex_try_rlock(&rw) && !go_rwmutex_try_lock(&rw));
        if (way == RETURN)
            return;
        if (way == BREAK)
            break;
        leave(way);
    }
}

static void reader(enum way way)
{
    go_with_rlock (&rw) {
        CHECK(!go_rwmutex_try_lock(&rw) && go_rwmutex_try_rlock(&rw));
        go_rwmutex_runlock(&rw);
        if (way == RETURN)
            return;
        if (way == BREAK)
            break;
        leave(way);
    }
}

static void expect_free(void)
{
    CHECK(go_mutex_try_lock(&m) && go_mutex_try_lock(&inner) && go_rwmutex_try_lock(&rw));
    go_mutex_unlock(&m);
    go_mutex_unlock(&inner);
    go_rwmutex_unlock(&rw);
}

static void run(void (*f)(enum way), enum way way)
{
    if (way == EXIT)
        go_join(go_start(f, way));
    else
        CHECK_EQ(go_recover(NULL, f, way), way == PANIC);
    expect_free();
}

static int64_t n;

static void add(int v)
{
    go_with_lock (&m) {
        n += v;
        if (v == 3)
            go_panic("three");
    }
}

static void add_all(int rounds)
{
    for (int i = 0; i < rounds; i++)
        CHECK_EQ(go_recover(NULL, add, i % 5), i % 5 == 3);
}

int main(void)
{
    for (int way = END; way <= EXIT; way++) {
        run(mutex, (enum way)way);
        run(writer, (enum way)way);
        run(reader, (enum way)way);
    }
    enum { CREW = 20 };
    int rounds = test_scale(5000, 500);
    go_handle *h[CREW];
    go_maxprocs(4);
    for (int i = 0; i < CREW; i++)
        h[i] = go_start(add_all, rounds);
    for (int i = 0; i < CREW; i++)
        go_join(h[i]);
    CHECK_EQ(n, (int64_t)CREW * rounds * 2);
}
