/* SPDX-License-Identifier: MIT */
/* Rule D8: threads that are not ours read, write, accept, poll, with deadlines, beside
 * goroutines, and are woken by the close. */
#include "net_support.h"

#include <pthread.h>

enum { N = 4 };

static void *echo(void *arg)
{
    struct end *e = arg;
    char buf[100];
    ssize_t n;
    while ((n = go_read(e->r, buf, sizeof buf)) > 0)
        CHECK_EQ(go_write(e->w, buf, (size_t)n), n);
    CHECK_EQ(n, 0);
    end_close(*e);
    return NULL;
}

static void talk(struct end e, int rounds)
{
    for (int i = 0, back; i < rounds; i++) {
        CHECK_EQ(go_write(e.w, &i, sizeof i), sizeof i);
        CHECK_EQ(read_full(e.r, &back, sizeof back), sizeof back);
        CHECK_EQ(back, i);
    }
    end_close(e);
}

static void echoes(void)
{
    struct link l[KINDS];
    pthread_t t[KINDS];
    go_waitgroup wg = { 0 };
    for (int k = 0; k < KINDS; k++) {
        l[k] = link_make((enum kind)k);
        CHECK_EQ(pthread_create(&t[k], NULL, echo, &l[k].b), 0);
        go_waitgroup_go(&wg, talk, l[k].a, test_scale(300, 30));
    }
    go_waitgroup_wait(&wg);
    for (int k = 0; k < KINDS; k++)
        CHECK_EQ(pthread_join(t[k], NULL), 0);
}

struct waiting {
    int fd;
    atomic_int n; /* that are done with all but the last */
};

static void *wait_for_close(void *arg)
{
    struct waiting *w = arg;
    char c;
    struct pollfd p[] = { { w->fd, POLLIN, 0 }, { -1, 0, 0 } };
    CHECK_FAILS(go_read_until(w->fd, &c, 1, go_now() + GO_MILLISECOND), ETIMEDOUT);
    CHECK_EQ(go_poll(p, 2, 1), 0);
    CHECK_EQ(go_wait_readable_until(w->fd, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    atomic_fetch_add(&w->n, 1);
    CHECK_FAILS(go_read(w->fd, &c, 1), EBADF);
    return NULL;
}

static void *give_x(void *arg)
{
    CHECK_EQ(go_write(*(int *)arg, "x", 1), 1);
    return NULL;
}

static void closed(void)
{
    struct link l = link_make(TCP);
    struct waiting w = { .fd = l.b.r };
    pthread_t t[N];
    for (int i = 0; i < N; i++)
        CHECK_EQ(pthread_create(&t[i], NULL, wait_for_close, &w), 0);
    while (atomic_load(&w.n) < N)
        go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_close_fd(l.b.r), 0);
    for (int i = 0; i < N; i++)
        CHECK_EQ(pthread_join(t[i], NULL), 0);
    end_close(l.a);
}

/* A goroutine waits, an alien wakes it. */
static void woken_by_alien(void)
{
    struct link l = link_make(PAIR);
    pthread_t t;
    char c;
    CHECK_EQ(pthread_create(&t, NULL, give_x, &l.a.w), 0);
    CHECK_EQ(go_read(l.b.r, &c, 1), 1);
    CHECK_EQ(pthread_join(t, NULL), 0);
    link_close(l);
}

int main(void)
{
    woken_by_alien();
    echoes();
    closed();
}
