/* SPDX-License-Identifier: MIT */
/* Pattern: a send with the lock held, and a receiver that needs the lock first.
 * Report: the sender in its send, main in its lock. */
#include "corpus.h"

static go_mutex mu;
static go_chan(int) updates, locked;

static void update(void)
{
    go_mutex_lock(&mu);
    go_close(locked);
    go_send(updates, 1);
    go_mutex_unlock(&mu);
}

int main(void)
{
    int v = 0;
    updates = go_make(int, 0);
    locked = go_make(int, 0);
    go(update);
    go_recv(locked, NULL);
    go_mutex_lock(&mu);
    go_recv(updates, &v);
    go_mutex_unlock(&mu);
    return v;
}
