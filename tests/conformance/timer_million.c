/* SPDX-License-Identifier: MIT */
/* A million live timers, half with channels and half with functions: a part is stopped,
 * a part fires, the rest is dropped; each does what it is to do, in little memory, and
 * all memory can be used again. */
/* test: serial */
#include "check.h"

#include <goroutine.h>
#include <unistd.h>

static long resident(void)
{
    long size, pages;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld %ld", &size, &pages), 2);
    fclose(f);
    return pages * sysconf(_SC_PAGESIZE);
}

static void run(go_int64 *ran, int64_t due)
{
    CHECK(go_now() >= due);
    go_int64_add(ran, 1);
}

/* A part fires soon, the others are hours away, in no order. */
static bool soon(int i)
{
    return i % 20 == 0;
}

static int64_t delay(int i)
{
    return soon(i) ? i * 7919LL % 50000 * GO_MICROSECOND
                   : GO_HOUR + i * 7919LL % 100003 * GO_SECOND;
}

static void lives(go_timer **timers, int n)
{
    go_int64 ran = { 0 };
    int64_t stopped = 0, fired = 0, before = go_count();
    long memory = resident();
    for (int i = 0; i < n; i++) {
        int64_t d = delay(i / 2);
        timers[i] = i % 2 ? go_after_func(d, run, &ran, go_now() + d) : go_timer_new(d);
    }
    if (!getenv("GO_TEST_SLOW"))
        CHECK((resident() - memory) / n < 600);
    for (int i = 0; i < n; i++) /* a half of those hours away */
        if (!soon(i / 2) && i / 2 % 2)
            stopped += go_timer_stop(timers[i]);
    go_sleep(55 * GO_MILLISECOND);
    for (int i = 0; i < n; i += 2)
        fired += go_try_recv(go_timer_chan(timers[i]), NULL) == 0;
    int64_t want = 0;
    for (int i = 0; i < n; i += 2)
        want += soon(i / 2);
    CHECK_EQ(fired, want);
    while (go_int64_load(&ran) != want || go_count() != before)
        go_sleep(GO_MILLISECOND);
    for (int i = 0; i < n; i++) {
        if (!soon(i / 2) && i / 2 % 2 == 0)
            stopped += go_timer_stop(timers[i]);
        CHECK(!go_timer_stop(timers[i]));
        go_timer_drop(timers[i]);
    }
    CHECK_EQ(stopped + fired + go_int64_load(&ran), n);
}

int main(void)
{
    int n = test_scale(1000000, 20000);
    go_timer **timers = calloc((size_t)n, sizeof *timers);
    CHECK(timers);
    lives(timers, n);
    /* A leak would grow each time.  The allocator may grow now and then: main moves
     * between threads, and each has an arena of its own. */
    bool settled = getenv("GO_TEST_SLOW") != NULL;
    for (int round = 0; round < 6 && !settled; round++) {
        long before = resident();
        lives(timers, n / 4);
        settled = resident() - before < 32 << 20;
    }
    CHECK(settled);
    free(timers);
}
