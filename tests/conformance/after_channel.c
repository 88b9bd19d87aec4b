/* SPDX-License-Identifier: MIT */
/* Conformance 23 as far as go_after goes: one value, not before its time, in a
 * channel that may be dropped early; nothing stale, nothing left behind. */
#include "check.h"

#include <goroutine.h>
#include <unistd.h>

static void once(void)
{
    int64_t at, start = go_now(), d = 2 * GO_MILLISECOND;
    go_chan(int64_t) c = go_after(d);
    CHECK_EQ(go_try_recv(c, &at), -EAGAIN);
    CHECK(go_recv(c, &at));
    CHECK(at >= start + d && at <= go_now());
    CHECK_EQ(go_recv_until(c, &at, go_now() + 2 * GO_MILLISECOND), -ETIMEDOUT);
    go_drop(c);
}

static void in_a_select(void)
{
    go_chan(int) never = go_make(int, 0);
    go_chan(int64_t) a = go_after(20 * GO_MILLISECOND);
    go_chan(int64_t) b = go_after(GO_MILLISECOND);
    CHECK_EQ(go_select(go_on_recv(a, NULL), go_on_recv(never, NULL), go_on_recv(b, NULL)), 2);
    CHECK_EQ(go_select(go_on_recv(a, NULL), go_on_recv(never, NULL), go_on_recv(b, NULL)), 0);
    go_drop(a);
    go_drop(b);
    go_drop(never);

    a = go_after(0);
    CHECK(go_recv(a, NULL));
    go_drop(a);
    a = go_after(-GO_SECOND);
    CHECK(go_recv(a, NULL));
    go_drop(a);
}

static long resident_pages(void)
{
    long size, resident;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld %ld", &size, &resident), 2);
    fclose(f);
    return resident;
}

static void drop_many(int n)
{
    for (int i = 0; i < n; i++) {
        go_chan(int64_t) c = go_after(i % 2 ? GO_HOUR : i % 1000 * GO_MICROSECOND);
        if (i % 3 == 0) {
            int rc = go_try_recv(c, NULL);
            CHECK(rc == 0 || rc == -EAGAIN);
        }
        go_drop(c);
    }
}

/* Timers an hour away must not keep what nobody holds any more. */
static void dropped_early(int n)
{
    drop_many(n / 10);
    long before = resident_pages();
    drop_many(n);
    long grown = (resident_pages() - before) * sysconf(_SC_PAGESIZE);
    CHECK(grown < (getenv("GO_TEST_SLOW") ? 64 << 20 : 1 << 20));
}

static void race(go_waitgroup *wg)
{
    for (int i = 0; i < 200; i++) {
        go_chan(int64_t) c = go_after(i % 50 * GO_MICROSECOND);
        go_select(go_on_recv(c, NULL), go_on_timeout((200 - i) % 50 * GO_MICROSECOND));
        go_drop(c); /* at the very moment it fires */
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        once();
        in_a_select();
        dropped_early(test_scale(50000, 1000));
        go_waitgroup_add(&wg, 20);
        for (int i = 0; i < 20; i++)
            go(race, &wg);
        go_waitgroup_wait(&wg);
    }
}
