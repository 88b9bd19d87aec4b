/* SPDX-License-Identifier: MIT */
/* Conformance 18: readers share, a writer is alone, a waiting writer stops new
 * readers, and what a writer wrote is seen whole. */
#include "check.h"

#include <goroutine.h>

static go_rwmutex m;
static int rounds, readers, writers;
static int a, b; /* guarded by m: always equal */

static void enter_as_reader(void)
{
    __atomic_add_fetch(&readers, 1, __ATOMIC_RELAXED);
    CHECK_EQ(__atomic_load_n(&writers, __ATOMIC_RELAXED), 0);
    CHECK_EQ(a, b);
    for (int i = 0; i < 50; i++)
        __asm__ volatile("");
    CHECK_EQ(__atomic_load_n(&writers, __ATOMIC_RELAXED), 0);
    __atomic_sub_fetch(&readers, 1, __ATOMIC_RELAXED);
}

static void read_often(go_waitgroup *wg)
{
    for (int i = 0; i < rounds; i++) {
        if (i % 5 == 0) {
            if (!go_rwmutex_try_rlock(&m))
                continue;
        } else {
            go_rwmutex_rlock(&m);
        }
        enter_as_reader();
        go_rwmutex_runlock(&m);
    }
    go_waitgroup_done(wg);
}

static void write_often(go_waitgroup *wg)
{
    for (int i = 0; i < rounds; i++) {
        if (i % 5 == 0) {
            if (!go_rwmutex_try_lock(&m))
                continue;
        } else {
            go_rwmutex_lock(&m);
        }
        CHECK_EQ(__atomic_add_fetch(&writers, 1, __ATOMIC_RELAXED), 1);
        CHECK_EQ(__atomic_load_n(&readers, __ATOMIC_RELAXED), 0);
        a++;
        for (int k = 0; k < 50; k++)
            __asm__ volatile("");
        b++;
        __atomic_sub_fetch(&writers, 1, __ATOMIC_RELAXED);
        go_rwmutex_unlock(&m);
    }
    go_waitgroup_done(wg);
}

static void hammer(int nreaders, int nwriters)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, nreaders + nwriters);
    for (int i = 0; i < nreaders; i++) {
        go(read_often, &wg);
        if (i < nwriters)
            go(write_often, &wg);
    }
    for (int i = nreaders; i < nwriters; i++)
        go(write_often, &wg);
    go_waitgroup_wait(&wg);
}

static void hold_and_meet(go_chan(int) in, go_chan(int) out)
{
    go_rwmutex_rlock(&m);
    go_send(in, 1);
    go_recv(out, NULL);
    go_rwmutex_runlock(&m);
}

/* n readers are inside at once, which only sharing allows. */
static void readers_share(int n)
{
    go_chan(int) in = go_make(int, 0);
    go_chan(int) out = go_make(int, 0);
    for (int i = 0; i < n; i++)
        go(hold_and_meet, in, out);
    for (int i = 0; i < n; i++)
        go_recv(in, NULL);
    CHECK(!go_rwmutex_try_lock(&m));
    for (int i = 0; i < n; i++)
        go_send(out, 1);
    go_drop(in);
    go_drop(out);
}

static void writer(go_chan(int) done)
{
    go_rwmutex_lock(&m);
    go_rwmutex_unlock(&m);
    go_send(done, 1);
}

static void waiting_writer_stops_readers(void)
{
    go_chan(int) done = go_make(int, 1);
    go_rwmutex_rlock(&m);
    go(writer, done);
    /* From some moment on the writer waits, and stays waiting. */
    int64_t end = go_now() + 20 * GO_SECOND;
    while (go_rwmutex_try_rlock(&m)) {
        go_rwmutex_runlock(&m);
        CHECK(go_now() < end);
        go_yield();
    }
    CHECK_EQ(go_rwmutex_rlock_until(&m, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_len(done), 0);
    go_rwmutex_runlock(&m);
    CHECK(go_recv(done, NULL));
    go_rwmutex_rlock(&m);
    go_rwmutex_runlock(&m);
    go_drop(done);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        readers_share(10);
        waiting_writer_stops_readers();
        rounds = test_scale(5000, 300);
        hammer(4, 1);
        hammer(10, 3);
        hammer(1, 4);
        CHECK_EQ(a, b);
    }
}
