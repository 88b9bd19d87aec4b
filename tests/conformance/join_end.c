/* SPDX-License-Identifier: MIT */
/* join.h: go_join returns when the goroutine has ended, by return or by go_exit, after
 * its deferred calls and the destruction of its go_local values; what it did is seen. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

struct work {
    int result, deferred, destroyed;
    uint64_t id;
    char name[24];
};

static void destroy(void *w)
{
    go_yield();
    ((struct work *)w)->destroyed++;
}

static go_local local = { .destroy = destroy };

static void count(int *n)
{
    go_yield();
    ++*n;
}

static void body(struct work *w, int v)
{
    CHECK_EQ(go_local_set(&local, w), 0);
    go_defer(count, &w->deferred);
    w->id = go_id();
    strcpy(w->name, go_name());
    for (int i = 0; i < v % 4; i++)
        go_yield();
    w->result = v;
    if (v % 2)
        go_exit();
}

static void none(void)
{
}

int main(void)
{
    enum { N = 200 };
    static struct work w[N];
    go_handle *h[N];
    go_maxprocs(4);
    for (int i = 0; i < N; i++) {
        h[i] = i % 5 ? go_start(body, &w[i], i)
                     : go_start_with(go_attr(.name = "worker", .stack = 1 << 20), body, &w[i], i);
        if (i % 3 == 0)
            go_yield();
    }
    for (int i = N - 1; i >= 0; i--) {
        uint64_t id = go_handle_id(h[i]);
        CHECK_EQ(go_handle_cpu_time(h[i]) >= 0, 1);
        go_join(h[i]);
        CHECK_EQ(w[i].result, i);
        CHECK_EQ(w[i].deferred, 1);
        CHECK_EQ(w[i].destroyed, 1);
        CHECK_EQ(w[i].id, id);
        CHECK(strcmp(w[i].name, i % 5 ? "" : "worker") == 0);
    }
    /* It has long ended. */
    go_handle *last = go_start(none);
    go_sleep(2 * GO_MILLISECOND);
    CHECK(go_handle_id(last) > 1);
    go_join(last);
}
