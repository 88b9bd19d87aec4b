/* SPDX-License-Identifier: MIT */
/* Rule D8: the library may be used first by a thread that is not main's.
 *
 * It starts goroutines, waits for them, and main joins it without ever having
 * touched the library; afterwards main takes part too. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

static void square(int v, go_chan(int) out)
{
    go_send(out, v * v);
}

static void *first(void *arg)
{
    int *sum = arg, v;
    go_chan(int) c = go_make(int, 0);
    for (int i = 1; i <= 10; i++)
        go(square, i, c);
    for (int i = 1; i <= 10; i++) {
        CHECK(go_recv(c, &v));
        *sum += v;
    }
    go_sleep(GO_MILLISECOND);
    go_drop(c);
    return NULL;
}

int main(void)
{
    pthread_t t;
    int sum = 0;
    CHECK_EQ(pthread_create(&t, NULL, first, &sum), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(sum, 385);

    CHECK_EQ(go_id(), 1); /* main is goroutine 1 whoever came first */
    sum = 0;
    CHECK_EQ(pthread_create(&t, NULL, first, &sum), 0);
    go_chan(int) c = go_make(int, 0);
    int v;
    go(square, 12, c);
    CHECK(go_recv(c, &v));
    CHECK_EQ(v, 144);
    CHECK_EQ(pthread_join(t, NULL), 0);
    CHECK_EQ(sum, 385);
    go_drop(c);
}
