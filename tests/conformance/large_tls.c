/* SPDX-License-Identifier: MIT */
/* A program may have more thread-local storage than the runtime's threads have
 * stack: libc takes the one out of the other.
 *
 * No thread could be made then. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static __thread char large[400 * 1024];

static __attribute__((noinline)) void fill(int with)
{
    memset(large, with, sizeof large);
    for (size_t i = 0; i < sizeof large; i += 4096)
        CHECK_EQ(large[i], with);
}

static void use(int me, go_waitgroup *wg)
{
    fill(me);
    go_yield();
    fill(me + 1);
    go_waitgroup_done(wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_maxprocs(4);
    go_waitgroup_add(&wg, 20);
    for (int i = 0; i < 20; i++)
        go(use, i, &wg);
    fill(100);
    go_waitgroup_wait(&wg);
}
