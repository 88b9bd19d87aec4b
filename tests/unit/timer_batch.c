/* SPDX-License-Identifier: MIT */
/* When a keeper wakes up (sched/batch.h): at the time of a timer unless many come closely, and
 * never BATCH_NS later. */
#include "sched/batch.h"
#include "check.h"

/* Timers that are `apart` from each other, asked for as a keeper does: after each wake-up for the
 * first that is not due yet.  How many wake-ups they took. */
static int wake_ups(struct batch *b, int64_t begin, int64_t apart, int timers)
{
    int n = 0;
    for (int i = 0; i < timers; n++) {
        int64_t first = begin + i * apart, until = batch_until(b, first);
        CHECK(until >= first && until < first + BATCH_NS);
        CHECK_EQ(batch_until(b, first), until); /* woken by something else, it asks again */
        while (i < timers && begin + i * apart <= until)
            i++;
    }
    return n;
}

int main(void)
{
    struct batch b = { 0 };
    int64_t ms = 1000000, at = 1000 * ms;

    CHECK_EQ(wake_ups(&b, at, ms, 1000), 1000); /* each at its time */
    CHECK_EQ(b.dense, 0);

    at += 2000 * ms;
    int n = wake_ups(&b, at, 10000, 100000); /* 100 in a millisecond */
    CHECK(n > 5000 && n < 5100);

    /* One that is armed anew for an earlier time is not late by more, ... */
    int64_t until = batch_until(&b, at += 2000 * ms);
    CHECK_EQ(until, at);
    CHECK_EQ(batch_until(&b, at - 500 * ms), at - 500 * ms);
    CHECK_EQ(batch_until(&b, at), at);

    /* ... also while they come densely. */
    wake_ups(&b, at, 10000, 1000);
    at = b.last;
    CHECK(batch_until(&b, at - BATCH_NS / 2) <= at);
    CHECK_EQ(batch_until(&b, at - 2 * BATCH_NS), at - 2 * BATCH_NS);
    CHECK_EQ(b.dense, 0);
}
