/* SPDX-License-Identifier: MIT */
/* Stacks: 200 KiB of frames by default, 60 MiB with an attribute, pages given
 * as they are touched, and untouched ones costing nothing. */
#include "support.h"

#include <goroutine.h>

enum { FRAME = 512 };

/* Goes on until the stack is used for `bytes` below `top`: how large a frame is
 * depends on the compiler. */
static __attribute__((noinline)) int descend(const char *top, int64_t bytes, int depth)
{
    volatile char frame[FRAME];
    frame[0] = (char)depth;
    frame[sizeof frame - 1] = 1;
    int below = top - (const char *)frame < bytes ? descend(top, bytes, depth + 1) : 0;
    CHECK_EQ(frame[0], (char)depth);
    return below + frame[sizeof frame - 1];
}

static void deep(int64_t bytes, go_waitgroup *wg)
{
    char top = 0;
    int frames = descend(&top, bytes, 0);
    CHECK(frames > 1);
    go_yield();
    CHECK_EQ(descend(&top, bytes, 0), frames);
    go_waitgroup_done(wg);
}

/* One frame nearly as large as the whole stack. */
static void wide(go_waitgroup *wg)
{
    volatile char frame[190 << 10];
    frame[0] = 1;
    frame[sizeof frame - 1] = 2;
    go_yield();
    CHECK_EQ(frame[0] + frame[sizeof frame - 1], 3);
    go_waitgroup_done(wg);
}

/* Sanitizers lay space around every variable: frames are larger than they look. */
static void by_default(int n)
{
    bool slow = getenv("GO_TEST_SLOW");
    int64_t default_depth = slow ? 100 << 10 : 200 << 10;
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2 * n);
    for (int i = 0; i < n; i++) {
        go(deep, default_depth, &wg);
        if (slow)
            go(deep, default_depth, &wg);
        else
            go(wide, &wg);
    }
    go_waitgroup_wait(&wg);
}

static void by_attribute(int64_t stack, int64_t use)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 1);
    go_with(go_attr(.stack = (size_t)stack), deep, use, &wg);
    go_waitgroup_wait(&wg);
}

static void park(go_chan(int) c)
{
    go_recv(c, NULL);
    go_drop(c);
}

static long resident_bytes(void)
{
    long size, resident;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld %ld", &size, &resident), 2);
    fclose(f);
    return resident * sysconf(_SC_PAGESIZE);
}

/* A reserve of 64 MiB each would be 6 GiB were it not given by page. */
static void reserve_is_free(void)
{
    go_chan(int) c = go_make(int, 0);
    long before = resident_bytes();
    for (int i = 0; i < 100; i++)
        go_with(go_attr(.stack = 64 << 20), park, go_hold(c));
    go_yield();
    CHECK(getenv("GO_TEST_SLOW") || resident_bytes() - before < 8 << 20);
    go_close(c);
    while (go_count() > 1)
        go_yield();
    go_drop(c);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        by_default(test_scale(50, 5));
        by_attribute(64 << 20, test_scale(60 << 20, 30 << 20));
        by_attribute(1 << 20, test_scale(900 << 10, 500 << 10));
        by_attribute(1, 1 << 10); /* less than the least is the least */
        reserve_is_free();
    }
}
