/* SPDX-License-Identifier: MIT */
/* Go, sync.Once: if f panics, Do considers it to have returned; those who waited go on,
 * and future calls return without calling f. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

static go_once once;
static int calls;
static int64_t waited;

static void fail(void *arg)
{
    go_chan(int) c = *(go_chan(int) *)arg;
    go_atomic_add(&calls, 1);
    CHECK(go_recv(c, NULL));
    go_panic("inside");
}

static void first(go_chan(int) *c)
{
    go_recovered r;
    CHECK(go_recover(&r, go_once_do, &once, fail, (void *)c));
    CHECK(strcmp(r.text, "inside") == 0);
}

static void later(go_chan(int) *c)
{
    go_once_do(&once, fail, c);
    go_atomic_add(&waited, 1);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, first, &c);
    while (!go_atomic_load(&calls))
        go_yield();
    for (int i = 0; i < 10; i++)
        go_waitgroup_go(&wg, later, &c);
    for (int i = 0; i < 100; i++)
        go_yield();
    CHECK_EQ(go_atomic_load(&waited), 0);
    go_send(c, 1);
    go_waitgroup_wait(&wg);
    CHECK_EQ(waited, 10);
    later(&c);
    CHECK_EQ(calls, 1);
    go_drop(c);
}
