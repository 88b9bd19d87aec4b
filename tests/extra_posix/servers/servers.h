/* SPDX-License-Identifier: MIT */
/* What the clients of real servers share: the highest number of threads there ever were. */
#ifndef TESTS_EXTRA_POSIX_SERVERS_H
#define TESTS_EXTRA_POSIX_SERVERS_H

#include "../support.h"

#include <stdatomic.h>

/* Far fewer than the n goroutines that wait, far more than are needed: on a machine that has
 * other work, threads that are kept from a CPU are replaced for a while. */
static inline int few_threads(int n)
{
    return n / 4 + 8;
}

static atomic_int most_threads;
static atomic_bool watching;

static inline void watch_main(go_waitgroup *wg)
{
    while (atomic_load(&watching)) {
        int n = threads();
        if (n > atomic_load(&most_threads))
            atomic_store(&most_threads, n);
        go_sleep(2 * GO_MILLISECOND);
    }
    go_waitgroup_done(wg);
}

static inline void watch_begin(go_waitgroup *wg)
{
    atomic_store(&most_threads, 0);
    atomic_store(&watching, true);
    go_waitgroup_add(wg, 1);
    go(watch_main, wg);
}

static inline int watch_end(go_waitgroup *wg)
{
    atomic_store(&watching, false);
    go_waitgroup_wait(wg);
    return atomic_load(&most_threads);
}

/* Where run.sh has put the server. */
static inline const char *server_dir(void)
{
    const char *dir = getenv("SERVER_DIR");
    if (!dir) {
        puts("started by run.sh");
        exit(77);
    }
    return dir;
}

static inline double seconds(int64_t since)
{
    return (double)(go_now() - since) * 1e-9;
}

#endif
