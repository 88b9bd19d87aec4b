/* SPDX-License-Identifier: MIT */
/* Singleflight: what many ask for at once is done once, by the first; each gets the
 * result and is told that it was shared; another key is another flight; so is the same
 * key after the landing, or after it was forgotten. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>
#include <string.h>

static go_singleflight flights;

struct job {
    go_chan(char) go_on; /* NULL: at once */
    int calls, late;     /* late: those since closed was set */
    int closed;
    int err;
    void *value;
};

static int fly(void *arg, void **value)
{
    struct job *j = arg;
    CHECK(*value == NULL);
    go_atomic_add(go_atomic_load(&j->closed) ? &j->late : &j->calls, 1);
    if (j->go_on)
        go_recv(j->go_on, NULL);
    *value = j->value;
    return j->err;
}

static void test_alone(void)
{
    struct job j = { .err = 7, .value = &j };
    char key[] = "k";
    for (int i = 1; i <= 3; i++) {
        go_flight f = go_singleflight_do(&flights, key, fly, &j);
        CHECK(f.value == &j && f.err == 7 && !f.shared && j.calls == i);
    }
    go_flight f;
    go_chan(go_flight) c = go_singleflight_do_chan(&flights, key, fly, &j);
    CHECK(go_recv(c, &f) && f.value == &j && f.err == 7 && !f.shared && j.calls == 4);
    go_drop(c);
    CHECK(flights.count_ == 0 && !flights.table_); /* nothing kept */
}

static void ask(const char *key, struct job *j, go_waitgroup *joined, go_chan(go_flight) out)
{
    char copy[16]; /* the key is copied, or compared, before the call waits */
    strcpy(copy, key);
    go_waitgroup_done(joined);
    go_flight f = go_singleflight_do(&flights, copy, fly, j);
    memset(copy, 'x', sizeof copy);
    go_send(out, f);
}

/* Nearly all will have joined; who has not flies later, and is counted. */
static void let_them_join(go_waitgroup *joined)
{
    go_waitgroup_wait(joined);
    for (int i = 0; i < 50; i++)
        go_yield();
    go_sleep(GO_MILLISECOND);
}

static void test_shared(void)
{
    enum { N = 12 };
    struct job a = { .go_on = go_make(char, 0), .value = &a };
    struct job b = { .go_on = go_make(char, 0), .value = &b, .err = -5 };
    go_chan(go_flight) out = go_make(go_flight, 0);
    go_waitgroup joined = { 0 };
    go_waitgroup_add(&joined, N);
    for (int i = 0; i < N; i++)
        go(ask, i % 3 ? "a" : "b", i % 3 ? &a : &b, &joined, out);
    let_them_join(&joined);
    go_chan(go_flight) c = go_singleflight_do_chan(&flights, "a", fly, &a);
    go_atomic_store(&a.closed, 1);
    go_atomic_store(&b.closed, 1);
    go_close(a.go_on);
    go_close(b.go_on);
    int got[2] = { 0 }, alone = 0;
    for (int i = 0; i <= N; i++) {
        go_flight f;
        CHECK(i < N ? go_recv(out, &f) : go_recv(c, &f));
        CHECK(f.value == &a || f.value == &b);
        CHECK_EQ(f.err, f.value == &b ? -5 : 0);
        got[f.value == &b]++;
        alone += !f.shared;
    }
    CHECK(got[0] == N / 3 * 2 + 1 && got[1] == N / 3);
    CHECK_EQ(a.calls, 1);
    CHECK(b.calls <= 1);
    /* Who came after the landing may have flown alone, and so may who was left. */
    int late = a.late + b.late;
    CHECK(alone <= (late ? late + 2 : 0));
    go_drop(c);
    go_drop(out);
    go_drop(a.go_on);
    go_drop(b.go_on);
}

static void test_forget(void)
{
    struct job one = { .go_on = go_make(char, 0), .value = &one };
    struct job two = { .value = &two };
    go_chan(go_flight) c = go_singleflight_do_chan(&flights, "k", fly, &one);
    while (go_atomic_load(&one.calls) == 0)
        go_yield();
    go_singleflight_forget(&flights, "other");
    go_singleflight_forget(&flights, "k");
    go_flight f = go_singleflight_do(&flights, "k", fly, &two);
    CHECK(f.value == &two && !f.shared && two.calls == 1);
    go_close(one.go_on);
    CHECK(go_recv(c, &f) && f.value == &one && !f.shared);
    go_drop(c);
    go_drop(one.go_on);
}

/* More keys than the table begins with, landing in any order. */
static void test_many_keys(void)
{
    enum { N = 100 };
    struct job j[N];
    go_chan(go_flight) c[N];
    char key[16];
    for (int i = 0; i < N; i++) {
        j[i] = (struct job){ .go_on = go_make(char, 0), .value = &j[i] };
        snprintf(key, sizeof key, "key %d", i);
        c[i] = go_singleflight_do_chan(&flights, key, fly, &j[i]);
    }
    for (int i = 0; i < N; i++) {
        int k = i * 37 % N;
        go_flight f;
        go_close(j[k].go_on);
        CHECK(go_recv(c[k], &f) && f.value == &j[k] && !f.shared && j[k].calls == 1);
        go_drop(c[k]);
        go_drop(j[k].go_on);
    }
    CHECK(flights.count_ == 0 && !flights.table_);
}

int main(void)
{
    test_alone();
    test_shared();
    test_forget();
    test_many_keys();
    return 0;
}
