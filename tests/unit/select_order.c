/* SPDX-License-Identifier: MIT */
/* A select takes the locks of its channels by their addresses, each once, however
 * the cases stand: one that is stopped halfway holds those below, none above. */
#include "chan/chan.h"
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

enum { MAX = 40 };

static struct go_chan_ *c[MAX]; /* by address */
static int n;

static int by_address(const void *a, const void *b)
{
    uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;
    return (x > y) - (x < y);
}

/* Case i is channel 7 i mod n, and the first stands there twice. */
static void *select_all(void *arg)
{
    struct go_case k[MAX + 2];
    for (int i = 0; i < n; i++)
        k[i] = (struct go_case){ GO_CASE_RECV_, c[i * 7 % n], NULL, 0 };
    k[n] = (struct go_case){ GO_CASE_SEND_, c[0], NULL, 0 };
    k[n + 1] = go_default();
    CHECK_EQ(go_select_(k, n + 2), n + 1);
    return arg;
}

static bool locked(int i)
{
    return ld_acquire(&c[i]->recvq.lock_);
}

static void stopped_at(int at)
{
    pthread_t t;
    chan_lock(&m_none, c[at]);
    pthread_create(&t, NULL, select_all, NULL);
    while (!locked(at - 1) && !locked(at + 1))
        go_yield();
    for (int i = 0; i < n; i++)
        CHECK_EQ(locked(i), i <= at);
    chan_unlock(&m_none, c[at]);
    pthread_join(t, NULL);
    for (int i = 0; i < n; i++)
        CHECK(!locked(i));
}

int main(void)
{
    for (int i = 0; i < MAX; i++)
        c[i] = go_chan_make_(0, 0);
    qsort(c, MAX, sizeof *c, by_address);
    static const int sizes[] = { 3, 4, 10, 15, 17, 33, MAX };
    for (int s = 0; s < 7; s++) {
        n = sizes[s];
        if (n % 7 == 0)
            n++;
        for (int at = 1; at < n - 1; at++)
            stopped_at(at);
    }
    for (int i = 0; i < MAX; i++)
        go_chan_drop_(c[i]);
}
