/* SPDX-License-Identifier: MIT */
/* The gate: who claims a waiter of a select that has not parked yet waits with the
 * waking, and holds no lock meanwhile; select.c.
 *
 * A goroutine parks for good; its waiter, with a gate that is still held, is put
 * into a channel by hand.  A thread that sends finds it. */
#include "chan/chan.h"
#include "check.h"

#include <goroutine.h>
#include <pthread.h>
#include <unistd.h>

static struct go_chan_ *c;
static uint32_t claim, gate, parked = 1;
static int value, awake;
static struct go_waiter_ w;

static void sleeper(void)
{
    struct m *m = rt_enter();
    w = (struct go_waiter_){ .g = m->curg, .claim = &claim, .elem = &value, .obj = &gate };
    m = park(m, &parked, WAIT_SELECT);
    rt_exit(m);
    st_release(&awake, 1);
}

static void *by_send(void *arg)
{
    int v = 42;
    go_chan_send_(c, &v);
    return arg;
}

static void *by_close(void *arg)
{
    go_chan_close_(c);
    return arg;
}

static void *by_select(void *arg)
{
    int v = 42;
    struct go_case k[] = { { GO_CASE_RECV_, c, NULL, 0 },
                           { GO_CASE_SEND_, c, &v, 0 },
                           { GO_CASE_RECV_, c, NULL, 0 } };
    CHECK_EQ(go_select_(k, 3), 1);
    return arg;
}

static void waker_waits(void *(*waker)(void *), int want)
{
    pthread_t t;
    c = go_chan_make_(sizeof(int), 0);
    claim = 0;
    awake = 0;
    gate = parked = 1;
    value = 7;
    go(sleeper);
    while (ld_acquire(&parked))
        go_yield();

    chan_lock(&m_none, c);
    waitq_push(&c->recvq, &w);
    chan_unlock(&m_none, c);
    pthread_create(&t, NULL, waker, NULL);
    while (!ld_acquire(&claim))
        go_yield();
    for (int i = 0; i < 20; i++) {
        usleep(100); /* time in which a waker that does not wait would wake */
        CHECK_EQ(ld_acquire(&awake), 0);
        chan_verify(c); /* its lock is free */
    }
    spin_unlock_word(&gate);
    while (!ld_acquire(&awake))
        go_yield();
    pthread_join(t, NULL);
    CHECK_EQ(value, want);
    chan_verify(c);
    go_chan_drop_(c);
}

int main(void)
{
    waker_waits(by_send, 42);
    waker_waits(by_close, 0);
    waker_waits(by_select, 42);
}
