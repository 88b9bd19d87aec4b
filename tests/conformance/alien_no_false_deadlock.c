/* SPDX-License-Identifier: MIT */
/* Rules D8, D9: two threads that are not ours wake each other all the time while
 * main waits for them: never a deadlock.
 *
 * The threads were once looked at one after the other, so that each was seen
 * asleep although one of them always ran. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

struct rally {
    go_chan(int) there;
    go_chan(int) back;
    go_chan(int) done;
    int laps;
};

static void *serve(void *arg)
{
    struct rally *r = arg;
    for (int i = 0, v; i < r->laps; i++) {
        go_send(r->there, i);
        CHECK(go_recv(r->back, &v));
        CHECK_EQ(v, i);
    }
    go_send(r->done, 1);
    return NULL;
}

static void *answer(void *arg)
{
    struct rally *r = arg;
    for (int i = 0, v; i < r->laps; i++) {
        CHECK(go_recv(r->there, &v));
        go_send(r->back, v);
    }
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    struct rally r = { .laps = test_scale(150000, 10000) };
    r.there = go_make(int, 0);
    r.back = go_make(int, 0);
    r.done = go_make(int, 0);
    CHECK_EQ(pthread_create(&a, NULL, serve, &r), 0);
    CHECK_EQ(pthread_create(&b, NULL, answer, &r), 0);
    CHECK(go_recv(r.done, NULL));
    CHECK_EQ(pthread_join(a, NULL), 0);
    CHECK_EQ(pthread_join(b, NULL), 0);
    go_drop(r.there);
    go_drop(r.back);
    go_drop(r.done);
}
