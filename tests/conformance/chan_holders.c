/* SPDX-License-Identifier: MIT */
/* A channel counts its holders: the last drop frees it, values left inside with
 * it, and making and dropping for ever needs no more memory. */
#include "check.h"

#include <goroutine.h>
#include <unistd.h>

struct page {
    char c[4096];
};

static long resident_pages(void)
{
    long size, resident;
    FILE *f = fopen("/proc/self/statm", "r");
    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld %ld", &size, &resident), 2);
    fclose(f);
    return resident;
}

static void use_and_drop(go_chan(int) c, go_waitgroup *wg)
{
    go_send(c, 1);
    go_drop(c);
    go_waitgroup_done(wg);
}

static void laps(int n)
{
    for (int i = 0; i < n; i++) {
        go_waitgroup wg = { 0 };
        go_chan(int) c = go_make(int, 1 + i % 300);
        go_chan(int) same = go_hold(c);
        CHECK(same == c);
        go_waitgroup_add(&wg, 1);
        go(use_and_drop, same, &wg);
        if (i % 2) {
            go_drop(c); /* the goroutine may be the last holder */
            go_waitgroup_wait(&wg);
        } else {
            CHECK(go_recv(c, NULL));
            go_waitgroup_wait(&wg);
            go_drop(c);
        }
    }
}

static void try_make(void)
{
    go_chan(int) c = NULL;
    CHECK_EQ(go_try_make(&c, 3), 0);
    CHECK(c != NULL);
    CHECK_EQ(go_cap(c), 3);
    go_drop(c);
    c = NULL;
    CHECK_EQ(go_try_make(&c, -1), -EINVAL);
    CHECK_EQ(go_try_make(&c, INT64_MAX), -EINVAL);
    CHECK(c == NULL);
    if (!getenv("GO_TEST_SLOW")) { /* a sanitizer's allocator does not just say no */
        go_chan(struct page) large = NULL;
        CHECK_EQ(go_try_make(&large, INT64_C(1) << 31), -ENOMEM);
        CHECK(large == NULL);
    }
}

int main(void)
{
    int n = test_scale(100000, 2000);
    try_make();
    laps(n / 10);
    long before = resident_pages();
    laps(n);
    long grown = (resident_pages() - before) * sysconf(_SC_PAGESIZE);
    CHECK(grown < (getenv("GO_TEST_SLOW") ? 128 << 20 : 1 << 20));
}
