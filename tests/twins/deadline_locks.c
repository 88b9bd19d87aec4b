/* SPDX-License-Identifier: MIT */
/* Waiting for a lock, but not for ever: too late while another one has it, at once
 * when it is free, whatever the time. */
#include <goroutine.h>
#include <stdio.h>

static const char *word(int err)
{
    return err == 0 ? "taken" : err == -ETIMEDOUT ? "too late" : "?";
}

static int64_t soon(void)
{
    return go_now() + 2 * GO_MILLISECOND;
}

static void mutex(void)
{
    go_mutex m = { 0 };
    printf("free: %s\n", word(go_mutex_lock_until(&m, go_now() - GO_HOUR)));
    printf("held: %s\n", word(go_mutex_lock_until(&m, soon())));
    printf("held, past: %s\n", word(go_mutex_lock_until(&m, 0)));
    go_mutex_unlock(&m);
    printf("free again: %s\n", word(go_mutex_lock_until(&m, soon())));
    go_mutex_unlock(&m);
}

static void rwmutex(void)
{
    go_rwmutex m = { 0 };
    printf("reader: %s\n", word(go_rwmutex_rlock_until(&m, soon())));
    printf("second reader: %s\n", word(go_rwmutex_rlock_until(&m, soon())));
    printf("writer: %s\n", word(go_rwmutex_lock_until(&m, soon())));
    printf("reader after him: %s\n", word(go_rwmutex_rlock_until(&m, soon())));
    for (int i = 0; i < 3; i++)
        go_rwmutex_runlock(&m);
    printf("writer: %s\n", word(go_rwmutex_lock_until(&m, soon())));
    printf("reader: %s\n", word(go_rwmutex_rlock_until(&m, soon())));
    go_rwmutex_unlock(&m);
}

static void hand_over(go_mutex *m)
{
    go_mutex_unlock(m);
}

int main(void)
{
    mutex();
    rwmutex();
    go_mutex m = { 0 };
    go_mutex_lock(&m);
    go(hand_over, &m);
    printf("handed over: %s\n", word(go_mutex_lock_until(&m, go_now() + GO_HOUR)));
}
