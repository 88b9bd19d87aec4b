/* SPDX-License-Identifier: MIT */
/* panic.h: a thread that is not ours defers, panics and recovers as a goroutine does,
 * also if that is its first use of the library; and the thread that runs main. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>
#include <string.h>

static void fail(int v)
{
    go_panic("thread %d", v);
}

static void count(int *n)
{
    ++*n;
}

static void drop(go_chan(int) c)
{
    go_drop(c);
}

static void fail_deferring(int *n, int v)
{
    go_defer(count, n);
    go_chan(int) c = go_make(int, 0);
    go_defer(drop, c);
    CHECK_EQ(go_send_until(c, v, go_now() + GO_MILLISECOND / 10), -ETIMEDOUT);
    fail(v);
}

static void *body(void *arg)
{
    go_recovered r;
    int n = 0;
    for (int i = 0; i < 20; i++) {
        go_defer(count, &n);
        CHECK(go_recover(&r, fail, i));
        CHECK_EQ(atoi(r.text + strlen("thread ")), i);
        CHECK(go_recover(&r, fail_deferring, &n, i));
        CHECK_EQ(n, 2 * i + 1);
    }
    CHECK_EQ(n, 40);
    return arg;
}

/* Records of frames that pthread_exit left are not run by the next thread. */
static void *ends_inside(void *arg)
{
    go_defer(count, arg);
    pthread_exit(NULL);
}

int main(void)
{
    enum { N = 8 };
    pthread_t t[N];
    static int n;
    for (int i = 0; i < N; i++)
        CHECK_EQ(pthread_create(&t[i], NULL, body, NULL), 0);
    body(NULL);
    for (int i = 0; i < N; i++)
        CHECK_EQ(pthread_join(t[i], NULL), 0);
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(pthread_create(&t[0], NULL, ends_inside, &n), 0);
        CHECK_EQ(pthread_join(t[0], NULL), 0);
        CHECK_EQ(pthread_create(&t[0], NULL, body, NULL), 0);
        CHECK_EQ(pthread_join(t[0], NULL), 0);
    }
    CHECK(n <= 3);
}
