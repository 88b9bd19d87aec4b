/* SPDX-License-Identifier: MIT */
/* Locked by one goroutine and unlocked by another, as readers and as writer. */
#include <goroutine.h>
#include <stdio.h>

static go_rwmutex m;

static void leave(bool writer, go_chan(int) done)
{
    if (writer)
        go_rwmutex_unlock(&m);
    else
        go_rwmutex_runlock(&m);
    go_send(done, 1);
}

int main(void)
{
    go_chan(int) done = go_make(int, 0);
    for (int i = 0; i < 3; i++)
        go_rwmutex_rlock(&m);
    for (int i = 0; i < 3; i++) {
        printf("readers %d: writer %d\n", 3 - i, go_rwmutex_try_lock(&m));
        go(leave, false, done);
        go_recv(done, NULL);
    }
    printf("readers 0: writer %d\n", go_rwmutex_try_lock(&m));
    printf("reader beside it %d\n", go_rwmutex_try_rlock(&m));
    go(leave, true, done);
    go_recv(done, NULL);
    printf("reader after it %d\n", go_rwmutex_try_rlock(&m));
    go_rwmutex_runlock(&m);
    go_drop(done);
}
