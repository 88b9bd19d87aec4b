/* SPDX-License-Identifier: MIT */
/* go_once: others wait until f has returned, or has ended its goroutine. */
#include "sync_eventually.h"

#include "sync/check_sync.h"
#include "sync/once.h"

#include <pthread.h>

enum { N = 6 };

struct site {
    go_once outer, inner;
    bool exits;     /* f ends its goroutine */
    bool proceed;   /* atomic: f may go on */
    int runs, back; /* atomic */
    int built;      /* plain: ordered by the once alone */
};

static void build_inner(void *arg)
{
    struct site *s = arg;
    EVENTUALLY(ld_acquire(&s->proceed));
    s->built = 1;
    if (s->exits)
        go_exit();
}

static void build(void *arg)
{
    struct site *s = arg;
    add_seq(&s->runs, 1);
    go_once_do(&s->inner, build_inner, s);
}

static void use(struct site *s)
{
    go_once_do(&s->outer, build, s);
    CHECK_EQ(s->built, 1);
    add_seq(&s->back, 1);
}

static void *use_in_thread(void *arg)
{
    use(arg);
    return NULL;
}

/* One runs f inside f of another; the others wait for either. */
static void all_wait(bool exits)
{
    struct site s = { .exits = exits };
    pthread_t t;
    go(use, &s);
    EVENTUALLY(ld_acquire(&s.inner.state_) == ONCE_RUNNING);
    for (int i = 1; i < N; i++)
        go(use, &s);
    CHECK_EQ(pthread_create(&t, NULL, use_in_thread, &s), 0);
    EVENTUALLY(queue_len(&s.outer.q_, &s.outer.q_.lock_) == N);
    once_verify(&s.outer);
    once_verify(&s.inner);
    CHECK_EQ(ld_acquire(&s.outer.state_), ONCE_WAITED);
    CHECK_EQ(ld_acquire(&s.back), 0);
    st_release(&s.proceed, true);
    EVENTUALLY(ld_acquire(&s.back) == N + !exits);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(s.runs, 1);
    CHECK_EQ(s.outer.state_, ONCE_DONE);
    CHECK_EQ(s.inner.state_, ONCE_DONE);
    go_once_do(&s.outer, build, &s);
    CHECK_EQ(s.runs, 1);
}

/* An exit after f is nothing to the once. */
static void use_and_exit(struct site *s)
{
    use(s);
    go_exit();
}

static void exit_after(void)
{
    struct site s = { .proceed = true };
    go(use_and_exit, &s);
    EVENTUALLY(ld_acquire(&s.back) == 1);
    use(&s);
    CHECK_EQ(s.runs, 1);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs++) {
        go_maxprocs(procs);
        for (int i = 0; i < test_scale(100, 10); i++) {
            all_wait(false);
            all_wait(true);
            exit_after();
        }
    }
}
