/* SPDX-License-Identifier: MIT */
/* A deadline is brought forward, and there is no memory for its timer: -ENOMEM, and who
 * waits does not sleep past the deadline (F2 of poll/desc.h). */
#include "check.h"

#include "base/options.h"

#include <errno.h>
#include <goroutine.h>
#include <goroutine/debug.h>
#include <goroutine/fd.h>
#include <pthread.h>
#include <unistd.h>

enum { PROCS = 16, TRIES = 100, SETTLE_US = 30000 };

static int fds[2];
static int64_t deadline;

static void reads(void)
{
    char c;
    CHECK_EQ(go_read(fds[0], &c, 1), -1);
    CHECK_EQ(errno, ETIMEDOUT);
}

/* A foreign thread chooses the P whose heap it uses at random: most have none yet. */
static void *brings_forward(void *arg)
{
    int err = 0;
    usleep(SETTLE_US); /* main waits by then, and no more threads are made */
    go_verify();       /* this thread is known */
    __atomic_store_n(&options.fail_at[FAIL_MALLOC], 1, __ATOMIC_RELAXED);
    for (int i = 0; i < TRIES && !err; i++)
        err = go_set_read_deadline(fds[0], deadline -= GO_MICROSECOND);
    __atomic_store_n(&options.fail_at[FAIL_MALLOC], 0, __ATOMIC_RELAXED);
    CHECK(err == 0 || err == -ENOMEM); /* 0: it was somebody else's that failed */
    go_verify();
    return arg;
}

int main(void)
{
    pthread_t t;
    go_waitgroup wg = { 0 };
    (void)go_maxprocs(PROCS);
    deadline = go_now() + GO_SECOND;
    CHECK_EQ(go_pipe(fds), 0);
    CHECK_EQ(go_set_read_deadline(fds[0], deadline), 0);
    go_waitgroup_go(&wg, reads);
    CHECK_EQ(pthread_create(&t, NULL, brings_forward, NULL), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(pthread_join(t, NULL), 0);
}
