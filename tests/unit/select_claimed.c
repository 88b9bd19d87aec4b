/* SPDX-License-Identifier: MIT */
/* A select that is claimed through its first descriptor while it queues itself on the
 * others: what it has not come to is in no queue, and is not taken out of one. */
#include "check.h"

#include "poll/desc.h"
#include "sched/entry.h"

#include <goroutine.h>
#include <goroutine/debug.h>
#include <goroutine/fd.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/epoll.h>

enum { N = 3, SMALLEST = 16, LARGEST = 2048 };

static int fds[N][2];
static struct desc *d[N];

/* What the select will be given as memory is not zero. */
static void soil(void)
{
    for (size_t n = SMALLEST; n <= LARGEST; n += SMALLEST) {
        char *p = malloc(n);
        CHECK(p != NULL);
        memset(p, 0xff, n);
        __asm__ volatile("" : : "r"(p) : "memory");
        free(p);
    }
}

/* A foreign thread: it goes on while the test holds a lock inside the runtime. */
static void *selects(void *arg)
{
    struct go_case k[N];
    for (int i = 0; i < N; i++)
        k[i] = go_on_readable(fds[i][0]);
    soil();
    CHECK_EQ(go_select_cases(k, N), 0);
    return arg;
}

static void register_it(int fd)
{
    char c;
    CHECK_EQ(go_read_until(fd, &c, 1, go_now() + GO_MILLISECOND), -1);
}

int main(void)
{
    int err;
    pthread_t t;
    struct go_waiter_ *woken = NULL, **last = &woken;
    for (int i = 0; i < N; i++) {
        CHECK_EQ(go_pipe(fds[i]), 0);
        register_it(fds[i][0]);
        d[i] = desc_at(fds[i][0], &err);
    }
    struct m *m = rt_enter();
    spin_lock(&d[1]->lock);
    CHECK_EQ(pthread_create(&t, NULL, selects, NULL), 0);
    while (!ld_relaxed(&d[0]->q[DESC_READ].head_))
        sched_yield();
    desc_event((uint64_t)d[0]->gen << 32 | (uint32_t)fds[0][0], EPOLLIN, &last);
    CHECK(woken != NULL);
    st_relaxed(&d[1]->seq[DESC_READ], d[1]->seq[DESC_READ] + 1);
    spin_unlock(&d[1]->lock);
    desc_wake(m, woken);
    rt_exit(m);
    CHECK_EQ(go_write(fds[0][1], "x", 1), 1);
    CHECK_EQ(pthread_join(t, NULL), 0);
    for (int i = 0; i < N; i++)
        CHECK_EQ(d[i]->q[DESC_READ].len_, 0);
    go_verify();
}
