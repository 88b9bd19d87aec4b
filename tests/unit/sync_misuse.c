/* SPDX-License-Identifier: MIT */
/* Misuse that only a race brings about, its state made by hand: the program ends
 * with Go's words.  What can be had without a race is in crash/. */
#include "conformance/support.h"

#include "sync/lockword.h"
#include "sync/waitgroup.h"

#include <goroutine.h>

/* The last done is on its way to release the waiters. */
static void add_while_releasing(void)
{
    go_waitgroup wg = { .state_ = WG_WAITERS };
    go_waitgroup_add(&wg, 1);
}

/* It comes, and finds that somebody has been quicker to add. */
static go_waitgroup raced;

static void add_too_early(void)
{
    while (__atomic_load_n(&raced.state_, __ATOMIC_RELAXED) != WG_WAITERS)
        ;
    __atomic_store_n(&raced.state_, WG_WAITERS | UINT64_C(1) << 32, __ATOMIC_RELAXED);
    spin_unlock_word(&raced.q_.lock_);
}

static void release_after_add(void)
{
    raced.state_ = WG_WAITERS | UINT64_C(1) << 32;
    spin_lock_word(&raced.q_.lock_);
    go_maxprocs(2);
    go(add_too_early);
    go_waitgroup_done(&raced);
}

/* Overflow of the count is a negative count. */
static void overflow(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, INT32_MAX);
    go_waitgroup_add(&wg, 1);
}

/* The bits speak of waiters, so the slow path is taken; the lock is free. */
static void unlock_twice_with_waiters(void)
{
    go_mutex m = { .state_ = LW_QUEUED | LW_WOKEN };
    go_mutex_unlock(&m);
}

static void wait_without_the_lock(void)
{
    go_mutex m = { 0 };
    go_cond c = { 0 };
    go_cond_wait(&c, &m);
}

static void unlock_of_a_shut_one(void)
{
    go_rwmutex m = { 0 };
    go_rwmutex_rlock(&m);
    m.state_ |= LW_QUEUED | LW_SHUT;
    go_rwmutex_unlock(&m);
}

static const struct {
    const char *name;
    void (*f)(void);
    const char *text;
} cases[] = {
    { "add", add_while_releasing,
      "panic: sync: WaitGroup misuse: Add called concurrently with Wait\n" },
    { "release", release_after_add,
      "panic: sync: WaitGroup misuse: Add called concurrently with Wait\n" },
    { "overflow", overflow, "panic: sync: negative WaitGroup counter\n" },
    { "mutex", unlock_twice_with_waiters, "fatal error: sync: unlock of unlocked mutex\n" },
    { "cond", wait_without_the_lock, "fatal error: sync: unlock of unlocked mutex\n" },
    { "rwmutex", unlock_of_a_shut_one, "fatal error: sync: Unlock of unlocked RWMutex\n" },
};

int main(int argc, char **argv)
{
    const char *arg = child_arg(argc, argv);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static char err[16384];
        if (!arg) {
            int status = child_run(cases[i].name, err, sizeof err);
            if (status != 2 || !strstr(err, cases[i].text))
                fprintf(stderr, "%s: exit status %d, stderr:\n%s", cases[i].name, status, err);
            CHECK_EQ(status, 2);
            CHECK(strstr(err, cases[i].text) != NULL);
        } else if (strcmp(arg, cases[i].name) == 0) {
            cases[i].f();
            return 0;
        }
    }
    CHECK(arg == NULL);
    return 0;
}
