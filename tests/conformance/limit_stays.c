/* SPDX-License-Identifier: MIT */
/* go_set_limit: a loop that starts one goroutine after another, as a server does that
 * accepts connections, waits at the limit for one to end, and never has more; except
 * where it had to wait for a tenth of a second. */
#include "support.h"

#include <goroutine.h>

enum { LIMIT = 5, PATIENCE_MS = 100 };

static int64_t most; /* atomic */
static int served;   /* atomic */

static void note_count(void)
{
    int64_t n = go_count(), seen = __atomic_load_n(&most, __ATOMIC_RELAXED);
    while (n > seen &&
           !__atomic_compare_exchange_n(&most, &seen, n, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        ;
}

static void serve(int i)
{
    note_count();
    if (i % 3 == 0)
        go_yield();
    else
        go_sleep(GO_MILLISECOND);
    note_count();
    __atomic_fetch_add(&served, 1, __ATOMIC_RELEASE);
}

/* A timer that is armed: the limit does not give way because all wait. */
static void keep_timer(go_chan(char) end)
{
    go_select(go_on_recv(end, NULL), go_on_timeout(GO_HOUR));
}

int main(void)
{
    go_chan(char) end = go_make(char, 0);
    int n = test_scale(300, 60), late = 0;
    CHECK_EQ(go_set_limit(-1), 0);
    CHECK_EQ(go_set_limit(LIMIT), 0);
    CHECK_EQ(go_set_limit(-1), LIMIT);
    go(keep_timer, end);
    for (int i = 0; i < n; i++) {
        int64_t start = go_now();
        go(serve, i);
        late += go_now() - start >= PATIENCE_MS * GO_MILLISECOND;
        note_count();
    }
    CHECK(late <= n / 10); /* the end of one lets the next begin */
    CHECK(most <= LIMIT + late);
    CHECK(most == LIMIT || late > 0);
    go_close(end);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    CHECK_EQ(__atomic_load_n(&served, __ATOMIC_ACQUIRE), n);
    CHECK_EQ(go_set_limit(0), LIMIT);
    go_verify();
    go_drop(end);
}
