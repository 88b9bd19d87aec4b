/* SPDX-License-Identifier: MIT */
/* A read-write mutex under goroutines and threads that lock, try and give up on
 * both sides.  Nobody may be left asleep: at the end of each round all return. */
#include "sync_crew.h"

#include "sync/bias.h"
#include "sync/check_sync.h"

struct shared {
    go_rwmutex m;
    int readers, writers;    /* atomic */
    long a, b;               /* under m: equal */
    long gave_up, read_once; /* atomic */
};

static int rounds;

static void linger(uint32_t *seed)
{
    switch (chance(seed, 64)) {
    case 0:
        go_yield();
        break;
    case 1:
        go_sleep(20 * GO_MICROSECOND);
        break;
    }
}

static bool settled(struct shared *s, int r)
{
    if (r)
        add_relaxed(&s->gave_up, 1);
    CHECK(r == 0 || r == -ETIMEDOUT);
    return r == 0;
}

static bool acquire_read(struct shared *s, uint32_t *seed)
{
    switch (chance(seed, 8)) {
    case 0:
        return go_rwmutex_try_rlock(&s->m);
    case 1:
    case 2:
    case 3:
        return settled(s, go_rwmutex_rlock_until(&s->m, soon(seed)));
    default:
        go_rwmutex_rlock(&s->m);
        return true;
    }
}

static bool acquire_write(struct shared *s, uint32_t *seed)
{
    switch (chance(seed, 8)) {
    case 0:
        return go_rwmutex_try_lock(&s->m);
    case 1:
    case 2:
    case 3:
        return settled(s, go_rwmutex_lock_until(&s->m, soon(seed)));
    default:
        go_rwmutex_lock(&s->m);
        return true;
    }
}

static void read_one(struct shared *s, uint32_t *seed)
{
    if (!acquire_read(s, seed))
        return;
    add_relaxed(&s->readers, 1);
    CHECK_EQ(ld_relaxed(&s->writers), 0);
    CHECK_EQ(s->a, s->b);
    linger(seed);
    CHECK_EQ(ld_relaxed(&s->writers), 0);
    add_relaxed(&s->readers, -1);
    go_rwmutex_runlock(&s->m);
}

static void write_one(struct shared *s, uint32_t *seed)
{
    if (!acquire_write(s, seed))
        return;
    CHECK_EQ(add_relaxed(&s->writers, 1), 1);
    CHECK_EQ(ld_relaxed(&s->readers), 0);
    s->a++;
    linger(seed);
    s->b++;
    CHECK_EQ(add_relaxed(&s->writers, -1), 0);
    go_rwmutex_unlock(&s->m);
}

static void mixed(void *arg, uint32_t seed, uint32_t writes_of_16)
{
    struct shared *s = arg;
    for (int i = 0; i < rounds; i++) {
        if (chance(&seed, 16) < writes_of_16)
            write_one(s, &seed);
        else
            read_one(s, &seed);
        if (chance(&seed, 128) == 0)
            rwmutex_verify(&s->m);
    }
}

static void mostly_readers(void *arg, uint32_t seed)
{
    mixed(arg, seed, 1);
}

static void half_and_half(void *arg, uint32_t seed)
{
    mixed(arg, seed, 8);
}

static void mostly_writers(void *arg, uint32_t seed)
{
    mixed(arg, seed, 15);
}

static void hammer(int goroutines, void (*work)(void *, uint32_t))
{
    struct shared s = { .readers = 0 };
    crew_run(goroutines, work, &s);
    CHECK_EQ(s.a, s.b);
    bias_revoke(&s.m);
    CHECK_EQ(s.m.state_, 0);
    CHECK_EQ(s.m.rq_.len_, 0);
    CHECK_EQ(s.m.wq_.len_, 0);
}

int main(void)
{
    rounds = test_scale(3000, 150);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int n = 2; n <= 32; n *= 4) {
            hammer(n, mostly_readers);
            hammer(n, half_and_half);
            hammer(n, mostly_writers);
        }
    }
}
