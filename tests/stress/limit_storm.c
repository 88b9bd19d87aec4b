/* SPDX-License-Identifier: MIT */
/* Trees of goroutines under a limit that others change all the time, with go_try, with
 * sleepers and with threads that are not ours; then verify(). */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>

static int64_t leaves, refused;

static void grow(int depth, go_waitgroup *wg);

static void start(int depth, go_waitgroup *wg)
{
    if (depth % 2 || go_try(grow, depth, wg) != 0) {
        __atomic_add_fetch(&refused, depth % 2 == 0, __ATOMIC_RELAXED);
        go(grow, depth, wg);
    }
}

static void grow(int depth, go_waitgroup *wg)
{
    if (depth == 0) {
        if (__atomic_add_fetch(&leaves, 1, __ATOMIC_RELAXED) % 64 == 0)
            go_sleep(10 * GO_MICROSECOND);
    } else {
        go_waitgroup_add(wg, 3);
        for (int i = 0; i < 3; i++)
            start(depth - 1, wg);
    }
    go_waitgroup_done(wg);
}

static void change_limit(uint32_t *stop, go_waitgroup *wg)
{
    static const int64_t limits[] = { 1, 3, 0, 10, 2, 100, 0, 5 };
    for (unsigned i = 0; !__atomic_load_n(stop, __ATOMIC_RELAXED); i++) {
        go_set_limit(limits[i % 8]);
        go_sleep(200 * GO_MICROSECOND);
    }
    go_waitgroup_done(wg);
}

struct foreign {
    int depth;
    go_waitgroup wg;
};

static void *foreign(void *arg)
{
    struct foreign *f = arg;
    go_waitgroup_add(&f->wg, 1);
    go(grow, f->depth, &f->wg);
    go_waitgroup_wait(&f->wg);
    return NULL;
}

int main(void)
{
    for (int round = 0; round < test_scale(10, 3); round++) {
        int64_t each = 1;
        struct foreign f[3] = { 0 };
        pthread_t t[2];
        uint32_t stop = 0;
        go_waitgroup changer = { 0 };
        go_maxprocs(1 + round % 4);
        leaves = 0;
        for (int i = 0; i < 3; i++)
            f[i].depth = test_scale(7, 4);
        for (int i = 0; i < f[0].depth; i++)
            each *= 3;
        go_waitgroup_add(&changer, 1);
        go(change_limit, &stop, &changer);
        for (int i = 0; i < 2; i++)
            CHECK_EQ(pthread_create(&t[i], NULL, foreign, &f[i]), 0);
        foreign(&f[2]);
        for (int i = 0; i < 2; i++)
            go_block(pthread_join, t[i], NULL);
        __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
        go_waitgroup_wait(&changer);
        CHECK_EQ(leaves, 3 * each);
        go_verify();
        go_set_limit(0);
    }
}
