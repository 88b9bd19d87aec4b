/* SPDX-License-Identifier: MIT */
/* I5 of sched/io.h: somebody looks at the descriptors again after a thread without a P has
 * stopped the world for so long that sysmon has gone to sleep. */
#include "check.h"

#include "poll/desc.h"
#include "sched/entry.h"
#include "sched/world.h"

#include <goroutine.h>
#include <goroutine/fd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MS = 1000, STOP_MS = 100, LIMIT_MS = 20000 };

static int fds[2];
static atomic_bool got, started;

static void *reads(void *arg)
{
    char c;
    CHECK_EQ(go_read(fds[0], &c, 1), 1);
    atomic_store(&got, true);
    return arg;
}

/* Its end would wake sysmon. */
static void *stops(void *arg)
{
    struct m *m = world_stop(rt_enter());
    usleep(STOP_MS * MS);
    rt_exit(world_start(m));
    atomic_store(&started, true);
    for (;;)
        pause();
    return arg;
}

/* Outside the runtime, where this thread's P is taken. */
static void until(atomic_bool *b)
{
    for (int i = 0; !atomic_load(b); i++) {
        CHECK(i < LIMIT_MS);
        usleep(MS);
    }
}

int main(void)
{
    int err;
    pthread_t reader, stopper;
    CHECK_EQ(go_pipe(fds), 0);
    const struct desc *d = desc_at(fds[0], &err);
    CHECK_EQ(pthread_create(&reader, NULL, reads, NULL), 0);
    /* So long that sysmon has no reason left to wake up for it. */
    while (!(ld_relaxed(&d->flags) & DESC_CHECKED))
        usleep(MS);
    usleep(STOP_MS * MS);
    CHECK_EQ(pthread_create(&stopper, NULL, stops, NULL), 0);
    until(&started);
    CHECK_EQ(write(fds[1], "x", 1), 1);
    until(&got);
}
