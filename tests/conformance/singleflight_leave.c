/* SPDX-License-Identifier: MIT */
/* Singleflight: who asks with a bound leaves when it is over, while the flight goes on
 * for the others; one that ends its goroutine, or panics and is recovered, brings
 * -EOWNERDEAD; counted values are held for each who gets one, and dropped by the flight. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static go_singleflight flights;

struct job {
    go_chan(char) go_on;
    int begun, calls;
};

static int fly(void *arg, void **value)
{
    struct job *j = arg;
    go_atomic_add(&j->calls, 1);
    go_recv(j->go_on, NULL);
    *value = j;
    return 0;
}

static void test_leaving(void)
{
    struct job j = { .go_on = go_make(char, 0) };
    go_context *ctx = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    go_context *gone = go_context_with_cancel(go_context_background());
    go_flight f = { .err = 99 };
    go_context_cancel(gone);
    CHECK_EQ(go_singleflight_do_ctx(&flights, "k", fly, &j, &f, gone), -ECANCELED);
    CHECK_EQ(go_singleflight_do_ctx(&flights, "k", fly, &j, &f, ctx), -ETIMEDOUT);
    CHECK_EQ(go_singleflight_do_until(&flights, "k", fly, &j, &f, go_now()), -ETIMEDOUT);
    CHECK_EQ(f.err, 99);
    go_chan(go_flight) c = go_singleflight_do_chan(&flights, "k", fly, &j);
    go_drop(go_singleflight_do_chan(&flights, "k", fly, &j)); /* left as well */
    go_close(j.go_on);
    CHECK_EQ(go_singleflight_do_until(&flights, "k", fly, &j, &f, GO_FOREVER), 0);
    CHECK(f.value == &j && f.err == 0);
    CHECK(go_recv(c, &f) && f.value == &j && f.shared);
    CHECK(go_atomic_load(&j.calls) <= 2); /* the last may have come after the landing */
    go_drop(c);
    go_drop(j.go_on);
    go_context_drop(ctx);
    go_context_drop(gone);
}

static int crash(void *arg, void **value)
{
    struct job *j = arg;
    *value = j;
    go_atomic_store(&j->begun, 1);
    go_recv(j->go_on, NULL);
    if (go_atomic_add(&j->calls, 1) == 1)
        go_exit();
    go_panic("lost");
}

static void lead(struct job *j, bool *left)
{
    go_flight f = go_singleflight_do(&flights, "k", crash, j);
    (void)f;
    *left = true;
}

static void recover_it(struct job *j, bool *left)
{
    go_recovered r;
    CHECK(go_recover(&r, lead, j, left));
    *left = r.text[0] != 'l';
}

/* Those who joined while it was under way get no result, and are not left waiting. */
static void test_crash(void (*leader)(struct job *, bool *), int calls)
{
    enum { N = 3 };
    struct job j = { .go_on = go_make(char, 0), .calls = calls };
    go_chan(go_flight) c[N];
    bool left = false;
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, leader, &j, &left);
    while (!go_atomic_load(&j.begun))
        go_yield();
    for (int i = 0; i < N; i++)
        c[i] = go_singleflight_do_chan(&flights, "k", crash, &j);
    go_send(j.go_on, 1);
    for (int i = 0; i < N; i++) {
        go_flight f;
        CHECK(go_recv(c[i], &f) && f.err == -EOWNERDEAD && !f.value && f.shared);
        go_drop(c[i]);
    }
    go_waitgroup_wait(&wg);
    CHECK(!left && flights.count_ == 0);
    go_drop(j.go_on);
}

struct counted {
    int holders;
};

static void hold(void *v)
{
    go_atomic_add(&((struct counted *)v)->holders, 1);
}

static void drop(void *v)
{
    if (go_atomic_add(&((struct counted *)v)->holders, -1) == 0)
        free(v);
}

static int make(void *arg, void **value)
{
    struct counted *c = calloc(1, sizeof *c);
    c->holders = 1;
    *value = c;
    go_recv((go_chan(char))arg, NULL);
    return 0;
}

static void take_one(go_singleflight *s, go_chan(char) go_on)
{
    go_flight f = go_singleflight_do(s, "k", make, (void *)go_on);
    CHECK(go_atomic_load(&((struct counted *)f.value)->holders) >= 1);
    drop(f.value);
}

static void test_counted(void)
{
    for (int lap = 0; lap < test_scale(200, 20); lap++) {
        go_singleflight s = { .hold = hold, .drop = drop };
        go_chan(char) go_on = go_make(char, 0);
        go_flight f;
        go_waitgroup wg = { 0 };
        for (int i = 0; i < 4; i++)
            go_waitgroup_go(&wg, take_one, &s, go_on);
        go_chan(go_flight) c = go_singleflight_do_chan(&s, "k", make, (void *)go_on);
        go_yield();
        go_close(go_on);
        CHECK(go_recv(c, &f));
        go_waitgroup_wait(&wg);
        CHECK_EQ(go_atomic_load(&((struct counted *)f.value)->holders) >= 1, 1);
        drop(f.value);
        go_drop(c);
        go_drop(go_on);
    }
}

int main(void)
{
    test_leaving();
    test_crash(lead, 0);
    test_crash(recover_it, 1);
    test_counted();
    return 0;
}
