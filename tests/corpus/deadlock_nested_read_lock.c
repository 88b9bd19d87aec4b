/* SPDX-License-Identifier: MIT */
/* Pattern: reader, writer, and the same reader again: the waiting writer keeps the second
 * read lock out, the first read lock keeps the writer out.
 * Report: main in RWMutex.RLock, the writer in RWMutex.Lock. */
#include "corpus.h"

static go_rwmutex mu;
static int users;

static void add_user(void)
{
    go_rwmutex_lock(&mu);
    users++;
    go_rwmutex_unlock(&mu);
}

static int count_users(void)
{
    go_rwmutex_rlock(&mu);
    int n = users;
    go_rwmutex_runlock(&mu);
    return n;
}

static void wait_for_writer(void)
{
    while (go_rwmutex_try_rlock(&mu)) {
        go_rwmutex_runlock(&mu);
        go_yield();
    }
}

int main(void)
{
    go_rwmutex_rlock(&mu);
    go(add_user);
    wait_for_writer();
    int n = count_users();
    go_rwmutex_runlock(&mu);
    return n;
}
