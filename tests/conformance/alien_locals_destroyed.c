/* SPDX-License-Identifier: MIT */
/* go_local: the values of a thread that is not ours are destroyed when it ends,
 * and the next such thread sees NULL.
 *
 * They were once forgotten: only goroutines had theirs destroyed. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

static int destroyed;

static void free_counted(void *value)
{
    free(value);
    __atomic_add_fetch(&destroyed, 1, __ATOMIC_RELAXED);
}

static go_local counted = { .destroy = free_counted };
static go_local plain;

static void *set_both(void *arg)
{
    CHECK(go_local_get(&counted) == NULL);
    CHECK(go_local_get(&plain) == NULL);
    void *mine = malloc(16);
    CHECK(mine);
    CHECK_EQ(go_local_set(&counted, mine), 0);
    CHECK_EQ(go_local_set(&plain, arg), 0);
    go_yield();
    CHECK(go_local_get(&counted) == mine);
    CHECK(go_local_get(&plain) == arg);
    return NULL;
}

int main(void)
{
    int n = test_scale(200, 50);
    for (int i = 1; i <= n; i++) {
        pthread_t t;
        CHECK_EQ(pthread_create(&t, NULL, set_both, &n), 0);
        CHECK_EQ(pthread_join(t, NULL), 0);
        CHECK_EQ(__atomic_load_n(&destroyed, __ATOMIC_RELAXED), i);
    }
    CHECK(go_local_get(&counted) == NULL);
}
