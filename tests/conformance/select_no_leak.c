/* SPDX-License-Identifier: MIT */
/* Conformance 12: 100,000 selects that lose on a channel leave nothing there.
 *
 * Neither memory nor waiter records: a later send still finds the one goroutine
 * that really waits. */
#include "support.h"

#include <goroutine.h>

static long resident_pages(void)
{
    long size, resident;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld %ld", &size, &resident), 2);
    fclose(f);
    return resident;
}

static void feed(go_chan(int) c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, i);
}

static void lose(go_chan(int) never, int n)
{
    go_chan(int) c = go_make(int, 0);
    go(feed, go_hold(c), n);
    for (int i = 0; i < n; i++)
        CHECK_EQ(go_select(go_on_recv(never, NULL), go_on_recv(c, NULL), go_on_send(never, 1)), 1);
    for (int i = 0; i < n; i++)
        CHECK_EQ(go_select(go_on_recv(never, NULL), go_default()), 1);
    for (int i = 0; i < n / 100; i++)
        CHECK_EQ(go_select(go_on_send(never, 1), go_on_timeout(GO_MICROSECOND)), 1);
    go_drop(c);
}

static void take(go_chan(int) never, go_chan(int) got)
{
    int v;
    CHECK(go_recv(never, &v));
    go_send(got, v);
}

int main(void)
{
    int n = test_scale(100000, 3000);
    go_chan(int) never = go_make(int, 0);
    go_chan(int) got = go_make(int, 0);
    lose(never, n / 10);
    long before = resident_pages();
    lose(never, n);
    long pages = resident_pages() - before;
    CHECK(pages * sysconf(_SC_PAGESIZE) < (getenv("GO_TEST_SLOW") ? 32 << 20 : 1 << 20));

    CHECK_EQ(go_try_send(never, 1), -EAGAIN);
    CHECK_EQ(go_try_recv(never, NULL), -EAGAIN);
    go(take, never, got);
    go_send(never, 42);
    int v;
    CHECK(go_recv(got, &v));
    CHECK_EQ(v, 42);
    go_drop(never);
    go_drop(got);
}
