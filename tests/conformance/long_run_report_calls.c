/* SPDX-License-Identifier: MIT */
/* go_observe_long: a report may call the library, as any thread may.  Main waits for
 * what it sends, which is no deadlock. */
#include "support.h"

#include <goroutine.h>

static int stop; /* atomic */

static void tell(const go_long_run *r, void *arg)
{
    go_chan(uint64_t) c = arg;
    CHECK(r->computed >= 5 * GO_MILLISECOND);
    go_send(c, r->id);
}

static void compute(go_chan(uint64_t) id)
{
    go_send(id, go_id());
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        __asm__ volatile("");
}

int main(void)
{
    uint64_t id, reported;
    go_chan(uint64_t) own = go_make(uint64_t, 1), c = go_make(uint64_t, 0);
    CHECK_EQ(go_observe_long(5 * GO_MILLISECOND, tell, c), 0);
    go(compute, own);
    CHECK(go_recv(own, &id));
    for (int i = 0; i < 2; i++) {
        CHECK(go_recv(c, &reported));
        CHECK_EQ(reported, id);
    }
    CHECK_EQ(go_observe_long(0, NULL, NULL), 0);
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    /* One more may be on its way; nobody takes it, and the program ends all the same. */
}
