/* SPDX-License-Identifier: MIT */
/* Go, "Channel types": elements of any size, none included, copied in and out;
 * zero-size ones are counted. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

struct nothing {
};

struct large {
    uint32_t v[5000];
};

struct odd {
    char c[7];
};

static void send_large(go_chan(struct large) c, int n)
{
    struct large *l = malloc(sizeof *l);
    CHECK(l);
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < 5000; k++)
            l->v[k] = (uint32_t)(i * 7919 + k);
        go_send(c, *l);
        memset(l, 0xff, sizeof *l); /* it was copied */
    }
    go_close(c);
    free(l);
}

static void large(int capacity)
{
    go_chan(struct large) c = go_make(struct large, capacity);
    struct large *l = malloc(sizeof *l);
    CHECK(l);
    go(send_large, go_hold(c), 20);
    int i = 0;
    for (; go_recv(c, l); i++)
        for (int k = 0; k < 5000; k++)
            CHECK_EQ(l->v[k], (uint32_t)(i * 7919 + k));
    CHECK_EQ(i, 20);
    for (int k = 0; k < 5000; k++)
        CHECK_EQ(l->v[k], 0); /* closed: all of it is zeroed */
    free(l);
    go_drop(c);
}

static void count_up(go_chan(struct nothing) c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, (struct nothing){});
    go_close(c);
}

static void zero_size(int capacity)
{
    struct nothing v = {};
    go_chan(struct nothing) c = go_make(struct nothing, capacity);
    for (int i = 0; i < capacity; i++) {
        CHECK_EQ(go_try_send(c, v), 0);
        CHECK_EQ(go_len(c), i + 1);
    }
    CHECK_EQ(go_try_send(c, v), -EAGAIN);
    for (int i = 0; i < capacity; i++)
        CHECK_EQ(go_try_recv(c, &v), 0);
    CHECK_EQ(go_try_recv(c, &v), -EAGAIN);
    go(count_up, go_hold(c), 1000);
    int n = 0;
    while (go_recv(c, &v))
        n++;
    CHECK_EQ(n, 1000);
    go_drop(c);
}

static void odd_sizes(void)
{
    struct odd o = { "abcdef" };
    go_chan(struct odd) c = go_make(struct odd, 3);
    for (int i = 0; i < 10; i++) {
        o.c[0] = (char)('a' + i);
        go_send(c, o);
        struct odd back;
        CHECK(go_recv(c, &back));
        CHECK(!memcmp(&back, &o, sizeof o));
    }
    go_drop(c);

    go_chan(char) bytes = go_make(char, 5);
    for (char b = 0; b < 5; b++)
        go_send(bytes, b);
    for (char b = 0, v; b < 5; b++) {
        CHECK(go_recv(bytes, &v));
        CHECK_EQ(v, b);
    }
    go_drop(bytes);

    go_chan(long double) wide = go_make(long double, 1);
    long double v = 0;
    go_send(wide, 1.25L);
    CHECK(go_recv(wide, &v));
    CHECK(v == 1.25L);
    go_drop(wide);
}

static void *identity(void *p)
{
    return p;
}

typedef void *(*function)(void *);

static void pointers(void)
{
    int x;
    go_chan(function) c = go_make(function, 1);
    function f = NULL;
    go_send(c, identity);
    CHECK(go_recv(c, &f));
    CHECK(f(&x) == &x);
    go_drop(c);
}

int main(void)
{
    for (int capacity = 0; capacity < 4; capacity++) {
        large(capacity);
        zero_size(capacity);
    }
    odd_sizes();
    pointers();
}
