/* SPDX-License-Identifier: MIT */
/* Rule D6: the first call of the program, which starts the runtime, and the first
 * of each thread leave errno alone.
 *
 * What the runtime tried and did without was left in it. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>

static void nothing(void)
{
}

static void *first_of_thread(void *arg)
{
    errno = 0;
    go_yield();
    CHECK_EQ(errno, 0);
    errno = 77;
    go(nothing);
    CHECK_EQ(errno, 77);
    return arg;
}

int main(void)
{
    errno = 0;
    go(nothing);
    CHECK_EQ(errno, 0);
    errno = 99;
    for (int i = 0; i < 20; i++) {
        pthread_t t;
        CHECK_EQ(pthread_create(&t, NULL, first_of_thread, NULL), 0);
        CHECK_EQ(pthread_join(t, NULL), 0);
    }
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(errno, 99);
}
