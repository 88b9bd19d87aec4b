/* SPDX-License-Identifier: MIT */
/* A flight whose function throws: the exception passes to who called it, those who wait
 * get -EOWNERDEAD, and the key can be asked for again. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static go_singleflight flights;

static int fails(void *joined, void **)
{
    go_waitgroup_wait(static_cast<go_waitgroup *>(joined));
    go_sleep(GO_MILLISECOND); /* the other is, or is about to be, in its wait */
    throw 7;
}

static int works(void *, void **)
{
    return 3;
}

static void wait_too(go_waitgroup *joined, go_chan(int) out)
{
    go_waitgroup_done(joined);
    go_flight f = go_singleflight_do(&flights, "key", works, nullptr);
    go_send(out, f.err);
}

int main()
{
    go_waitgroup joined = {};
    go_chan(int) out = go_make(int, 1);
    int caught = 0, err = 0;
    go_waitgroup_add(&joined, 1);
    go(wait_too, &joined, out);
    try {
        go_singleflight_do(&flights, "key", fails, &joined);
    } catch (int e) {
        caught = e;
    }
    if (caught == 7) {
        CHECK(go_recv(out, &err));
        CHECK(err == -EOWNERDEAD || err == 3); /* 3: it came later */
    } else {
        CHECK(go_recv(out, &err)); /* it was first */
        CHECK_EQ(err, 3);
    }
    CHECK(go_recover(nullptr, [] { go_panic("nothing to do with it"); }));
    CHECK_EQ(go_singleflight_do(&flights, "key", works, nullptr).err, 3);
    CHECK(flights.table_ == nullptr);
    go_drop(out);
}
