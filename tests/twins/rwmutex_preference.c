/* SPDX-License-Identifier: MIT */
/* A writer that waits stops new readers; its unlock lets them in before the next writer. */
#include <goroutine.h>
#include <stdio.h>

static go_rwmutex m;
static int value;

static void write_value(int v, go_waitgroup *wg)
{
    go_rwmutex_lock(&m);
    printf("writer %d finds %d\n", v, value);
    value = v;
    go_rwmutex_unlock(&m);
    go_waitgroup_done(wg);
}

static void read_value(go_waitgroup *wg)
{
    go_rwmutex_rlock(&m);
    printf("reader finds %d\n", value);
    go_rwmutex_runlock(&m);
    go_waitgroup_done(wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_rwmutex_rlock(&m);
    go_waitgroup_add(&wg, 2);
    go(write_value, 1, &wg);
    while (go_rwmutex_try_rlock(&m)) { /* until the writer waits */
        go_rwmutex_runlock(&m);
        go_yield();
    }
    go(read_value, &wg);
    go_sleep(GO_MILLISECOND);
    printf("first reader leaves, value %d\n", value);
    go_rwmutex_runlock(&m);
    go_waitgroup_wait(&wg);
}
