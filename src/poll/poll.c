/* SPDX-License-Identifier: MIT */
#include "poll/poll.h"

#include "base/options.h"
#include "os/epoll.h"
#include "poll/desc.h"
#include "sched/chaos.h"
#include "sched/io.h"

#include <errno.h>
#include <pthread.h>

enum { MAX_SOURCES = 16, CHAOS_BATCH = 2 };

/* The highest bit tells a source from a descriptor; EPOLL_KICK has all of them. */
#define SOURCE (UINT64_C(1) << 63)

static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER; /* outside the runtime */
static struct poll_source *sources[MAX_SOURCES];             /* atomic: NULL, then imm */
static uint32_t nsources;                                    /* starting */

static void find(struct io_batch *b, int64_t until)
{
    b->n = epoll_find(b->events, chaos_on ? CHAOS_BATCH : IO_BATCH, until);
}

static void deliver(struct m *m, const struct io_batch *b)
{
    struct go_waiter_ *woken = NULL, **last = &woken;
    for (int i = 0; i < b->n; i++) {
        uint64_t data = b->events[i].data.u64;
        if (likely(!(data & SOURCE))) {
            desc_event(data, b->events[i].events, &last);
        } else if (data != EPOLL_KICK) {
            struct poll_source *s = ld_acquire(&sources[data & (MAX_SOURCES - 1)]);
            s->fire(m, s);
        }
    }
    desc_wake(m, woken);
}

static const struct io_ops ops = { find, deliver, epoll_kick, desc_recheck, desc_verify };

static int start_once(void)
{
    if (ld_relaxed(&io_ops))
        return 0;
    int err = fault(FAIL_EPOLL) ? -EMFILE : epoll_start();
    if (err == 0)
        st_release(&io_ops, &ops); /* pairs with the scheduler's ld_acquire */
    return err;
}

int poll_start(void)
{
    if (likely(ld_acquire(&io_ops) != NULL))
        return 0;
    pthread_mutex_lock(&starting);
    int err = start_once();
    pthread_mutex_unlock(&starting);
    return err;
}

int poll_source_add(int fd, struct poll_source *s)
{
    pthread_mutex_lock(&starting);
    int err = start_once();
    if (err == 0 && nsources == MAX_SOURCES)
        err = -ENOSPC;
    if (err == 0) {
        st_release(&sources[nsources], s); /* pairs with deliver */
        err = epoll_add(fd, EPOLLIN, SOURCE | nsources);
        nsources += err == 0;
    }
    pthread_mutex_unlock(&starting);
    return err;
}
