// SPDX-License-Identifier: MIT
// Channels, select and atomics in C++.
#include "../../check.h"

#include <cstring>
#include <goroutine.h>

struct pair {
    int x, y;
};
struct base {};
struct derived : base {};

static void producer(go_chan(pair) c)
{
    for (int i = 0; i < 3; i++)
        go_send(c, {i, -i});
    go_close(c);
    go_drop(c);
}
static go_chan(double) make_doubles()
{
    go_chan(double) c = nullptr;
    CHECK_EQ(go_try_make(&c, 4), 0);
    return c;
}
template <class T> static T through(T v)
{
    go_chan(T) c = go_make(T, 1);
    T out;
    go_send(c, v);
    CHECK(go_recv(c, &out));
    go_close(c);
    go_range (unexpected, c)
        CHECK(unexpected != v);
    go_drop(c);
    return out;
}
static int order;
static int nth(int n, int v)
{
    CHECK_EQ(order++, n);
    return v;
}
template <class C> static C chan_nth(int n, C c)
{
    CHECK_EQ(order++, n);
    return c;
}

static void channels()
{
    go_chan(pair) c = go_make(pair, 0);
    go(producer, go_hold(c));
    int sum = 0, seen = 0;
    go_range (p, c) {
        seen++;
        if (p.x == 1)
            continue;
        sum += p.x - p.y;
    }
    CHECK(sum == 4 && seen == 3);
    pair zeroed = {7, 7};
    CHECK(!go_recv(c, &zeroed) && zeroed.x == 0);
    CHECK(!go_recv(c, NULL) && go_try_recv(c, nullptr) == -EPIPE);
    go_drop(c);

    go_chan(double) d = make_doubles();
    go_send(d, 1);
    CHECK_EQ(go_try_send(d, 2.5f), 0);
    CHECK_EQ(go_send_until(d, 3, go_now()), 0);
    CHECK(go_len(d) == 3 && go_cap(d) == 4);
    double v = 0;
    CHECK(go_recv(d, &v) && v == 1);
    CHECK(go_try_recv(d, &v) == 0 && v == 2.5);
    CHECK(go_recv_until(d, &v, GO_FOREVER) == 0 && v == 3);
    CHECK_EQ(go_recv_until(d, &v, go_now()), -ETIMEDOUT);
    go_drop(d);

    derived object;
    go_chan(base *) b = go_make(base *, 2);
    go_send(b, &object);
    go_send(b, NULL);
    go_drop(b);
    CHECK(through(5L) == 5 && through(2.5f) == 2.5f && !strcmp(through("text"), "text"));
}

static void selects()
{
    go_chan(int) a = go_make(int, 1);
    go_chan(pair) b = go_make(pair, 1);
    int n = 0;
    pair p = {1, 2};
    CHECK_EQ(go_select(go_on_recv(a, &n), go_on_recv(b, &p), go_default()), 2);
    CHECK_EQ(go_select(go_on_recv(a, &n), go_on_send(b, p)), 1);
    CHECK_EQ(go_select(go_on_recv(a, &n), go_on_timeout(1)), 1);
    CHECK_EQ(go_select(go_on_recv(chan_nth(0, a), NULL), go_on_send(chan_nth(1, b), {nth(2, 1), 2}),
                       go_on_send(chan_nth(3, a), nth(4, 9)), go_on_deadline(GO_FOREVER)),
             2);
    CHECK(go_select(go_on_recv(a, &n)) == 0 && n == 9 && go_selected_ok());
    go_chan(int) nil = NULL;
    go_case cases[] = {go_on_recv(nil, &n), go_on_send_from(a, &n), go_case{}};
    CHECK_EQ(go_select_cases(cases, 3), 1);
    switch (go_select(cases[0], go_on_recv(a, &n))) {
    case 0:
        CHECK(false);
        break;
    case 1:
        break;
    }
    go_drop(a);
    go_drop(b);
}

static go_ptr(pair) shared;
enum color { RED, GREEN };

static void atomics()
{
    go_int64 x = {};
    go_bool f = {};
    CHECK(go_int64_add(&x, -5) == -5 && go_int64_and(&x, 3) == -5 && go_int64_load(&x) == 3);
    CHECK(!go_bool_swap(&f, true) && go_bool_compare_and_swap(&f, true, false));
    pair p = {1, 2};
    go_ptr_store(&shared, &p);
    CHECK(go_ptr_load(&shared) == &p && go_ptr_swap(&shared, NULL) == &p);
    CHECK(go_ptr_compare_and_swap(&shared, nullptr, &p));
    unsigned char small = 250;
    double d = 1;
    color c = RED;
    const volatile int k = 5;
    CHECK(go_atomic_add(&small, 10) == 4 && go_atomic_or(&small, 1) == 4 && small == 5);
    go_atomic_store(&d, 2);
    go_atomic_store(&c, GREEN);
    CHECK(go_atomic_swap(&d, 3) == 2 && go_atomic_compare_and_swap(&d, 3, 4) && c == GREEN);
    CHECK(go_atomic_load(&k) == 5);
}

int main()
{
    channels();
    selects();
    atomics();
    go_mutex m = {};
    go_with_lock (&m) {
        CHECK(!go_mutex_try_lock(&m));
    }
    CHECK(go_mutex_try_lock(&m));
    errno = 3;
    CHECK_EQ(errno, 3);
    return 0;
}
