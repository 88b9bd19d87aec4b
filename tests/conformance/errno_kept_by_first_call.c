/* SPDX-License-Identifier: MIT */
/* Rule D6: the first call of the program, which starts the runtime, and the first
 * of each thread leave errno alone.
 *
 * What the runtime tried and did without was left in it, as here the descriptor
 * that libc wants to find main's stack. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <pthread.h>
#include <sys/resource.h>

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

static void first_of_program(void)
{
    struct rlimit usual, none;
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &usual), 0);
    none = usual;
    none.rlim_cur = 3; /* those that are open */
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    errno = 0;
    go(nothing);
    CHECK_EQ(errno, 0);
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &usual), 0);
}

int main(void)
{
    first_of_program();
    errno = 99;
    for (int i = 0; i < 20; i++) {
        pthread_t t;
        CHECK_EQ(pthread_create(&t, NULL, first_of_thread, NULL), 0);
        CHECK_EQ(pthread_join(t, NULL), 0);
    }
    go_sleep(GO_MILLISECOND);
    CHECK_EQ(errno, 99);
}
