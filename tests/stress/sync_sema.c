/* SPDX-License-Identifier: MIT */
/* A semaphore under goroutines and threads that want any number of units, try and give up.
 * Nobody may be left asleep: at the end of each round all return. */
#include "sync_crew.h"

#include "sync/sema.h"

enum { SIZE = 8 };

struct shared {
    go_sema s;
    int64_t out; /* atomic */
};

static int rounds;

static bool acquire(struct shared *s, int64_t n, uint32_t *seed)
{
    int r = 0;
    switch (chance(seed, 8)) {
    case 0:
        return go_sema_try_acquire(&s->s, n);
    case 1:
    case 2:
    case 3:
        r = go_sema_acquire_until(&s->s, n, soon(seed));
        CHECK(r == 0 || r == -ETIMEDOUT);
        return r == 0;
    default:
        go_sema_acquire(&s->s, n);
        return true;
    }
}

static void work(void *arg, uint32_t seed)
{
    struct shared *s = arg;
    for (int i = 0; i < rounds; i++) {
        int64_t n = chance(&seed, chance(&seed, 8) ? 3 : SIZE + 1);
        if (chance(&seed, 256) == 0)
            sema_verify(&s->s);
        if (!acquire(s, n, &seed))
            continue;
        CHECK(add_relaxed(&s->out, n) <= SIZE);
        if (chance(&seed, 32) == 0)
            go_yield();
        add_relaxed(&s->out, -n);
        if (n > 1 && chance(&seed, 2)) { /* in two parts */
            go_sema_release(&s->s, 1);
            n--;
        }
        go_sema_release(&s->s, n);
    }
}

int main(void)
{
    rounds = test_scale(3000, 150);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int n = 2; n <= 32; n *= 4) {
            struct shared s = { .s = GO_SEMA_INIT(SIZE) };
            crew_run(n, work, &s);
            sema_verify(&s.s);
            CHECK_EQ(s.s.state_, 0);
            CHECK_EQ(s.s.q_.len_, 0);
        }
    }
}
