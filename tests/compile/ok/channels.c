/* SPDX-License-Identifier: MIT */
/* Every channel macro, with every kind of element type. */
#include "../../check.h"

#include <goroutine.h>
#include <string.h>

struct pair {
    int x, y;
};
struct board {
    char cells[3][100];
};
__extension__ struct empty {};
enum color { RED, GREEN };
typedef void handler(int);

/* The same type wherever it is written. */
go_chan(struct pair) pairs(void);
extern go_chan(const char *) names;
go_chan(const char *) names;
typedef go_chan(int) ints;
struct server {
    go_chan(struct pair) requests;
    ints *replies;
};

static int evaluated;
static ints once(ints c)
{
    evaluated++;
    return c;
}

go_chan(struct pair) pairs(void)
{
    go_chan(struct pair) c = go_make(struct pair, 3);
    struct server s = {.requests = c};
    const struct pair p = {1, 2};
    go_send(s.requests, p);
    go_send(s.requests, (struct pair){3, 4});
    go_send(s.requests, ((struct pair){.x = 5, .y = 6}));
    go_close(s.requests);
    return s.requests;
}

static void elements(void)
{
    struct pair got = {0, 0};
    int sum = 0;
    go_chan(struct pair) p = pairs();
    go_range (v, p)
        sum += v.x * v.y;
    CHECK_EQ(sum, 2 + 12 + 30);
    CHECK(!go_recv(p, &got) && got.x == 0);
    go_drop(p);

    go_chan(double) d = go_make(double, 2);
    double half = 0;
    go_send(d, 1);
    go_send(d, 0.5f);
    CHECK(go_recv(d, &half) && half == 1 && go_recv(d, &half) && half == 0.5);
    go_drop(d);

    go_chan(struct board) b = go_make(struct board, 1);
    struct board one = {{"a", "b", "c"}}, two;
    go_send(b, one);
    CHECK(go_recv(b, &two) && !strcmp(two.cells[2], "c"));
    go_drop(b);

    go_chan(struct empty) e = go_make(struct empty, 2);
    static struct empty nothing;
    go_send(e, nothing);
    CHECK(go_len(e) == 1 && go_recv(e, &nothing) && go_len(e) == 0);
    go_drop(e);

    go_chan(const long) k = go_make(const long, 1);
    long l = 0;
    go_send(k, 7);
    CHECK(go_recv(k, &l) && l == 7);
    go_drop(k);

    go_chan(bool) t = go_make(bool, 1);
    bool yes = false;
    long *where = &l;
    go_send(t, where);
    CHECK(go_recv(t, &yes) && yes);
    go_drop(t);

    go_chan(enum color) c = go_make(enum color, 1);
    enum color green = RED;
    go_send(c, GREEN);
    CHECK(go_recv(c, &green) && green == GREEN);
    go_drop(c);
}

static void handle(int n)
{
    evaluated += n;
}

static void pointers(void)
{
    char text[] = "text";
    int n = 1, *ip = NULL;
    void *any = &n;
    const void *constant = NULL;

    names = go_make(const char *, 4);
    const char *name = NULL;
    go_send(names, "literal");
    go_send(names, text);
    go_send(names, NULL);
    go_send(names, any);
    CHECK(go_recv(names, &name) && !strcmp(name, "literal"));
    CHECK(go_recv(names, &name) && name == text && go_recv(names, NULL));
    go_drop(names);

    go_chan(void *) v = go_make(void *, 2);
    go_send(v, &n);
    go_send(v, any);
    CHECK(go_recv(v, &any) && any == &n);
    go_drop(v);

    go_chan(const void *) cv = go_make(const void *, 1);
    go_send(cv, text);
    CHECK(go_recv(cv, &constant) && constant == text);
    go_drop(cv);

    go_chan(int *) i = go_make(int *, 1);
    go_send(i, any);
    CHECK(go_recv(i, &ip) && ip == &n);
    go_drop(i);

    go_chan(handler *) h = go_make(handler *, 2);
    handler *f = NULL;
    go_send(h, handle);
    go_send(h, &handle);
    CHECK(go_recv(h, &f) && f == handle);
    go_drop(h);

    go_chan(ints) cc = go_make(ints, 1);
    ints c = go_make(int, 0), same = NULL;
    go_send(cc, c);
    CHECK(go_recv(cc, &same) && same == c);
    go_drop(same);
    go_drop(cc);
}

static void calls(void)
{
    ints c = NULL;
    int n = 0;
    evaluated = 0;
    CHECK(go_len(c) == 0 && go_cap(c) == 0);
    CHECK_EQ(go_try_send(c, 1), -EAGAIN);
    CHECK_EQ(go_try_make(&c, -1), -EINVAL);
    CHECK(c == NULL);
    CHECK_EQ(go_try_make(&c, 2), 0);
    CHECK_EQ(go_cap(once(c)), 2);
    go_send(once(c), 1);
    CHECK_EQ(go_try_send(once(c), 2), 0);
    CHECK_EQ(go_try_send(c, 3), -EAGAIN);
    CHECK_EQ(go_send_until(c, 3, go_now()), -ETIMEDOUT);
    CHECK(go_recv(once(c), &n) && n == 1);
    CHECK(go_try_recv(once(c), &n) == 0 && n == 2);
    CHECK_EQ(go_try_recv(c, NULL), -EAGAIN);
    CHECK_EQ(go_recv_until(c, &n, go_now() + 1), -ETIMEDOUT);
    go_close(once(c));
    CHECK(go_recv_until(c, &n, GO_FOREVER) == -EPIPE && n == 0);
    go_drop(go_hold(once(c)));
    CHECK_EQ(evaluated, 7);
    CHECK_EQ(go_try_recv(c, NULL), -EPIPE);
    go_drop(c);
}

static void producer(ints c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
    go_drop(c);
}

static int first_above(ints c, int limit)
{
    go_range (v, c)
        if (v > limit)
            return v;
    return -1;
}

static void loops(void)
{
    ints c = go_make(int, 0);
    int n = 0;
    evaluated = 0;
    go(producer, go_hold(c), 10);
    go_range (v, once(c)) {
        if (v == 3)
            break;
        if (v == 1)
            continue;
        n += v;
    }
    CHECK(n == 2 && evaluated == 1);
    CHECK_EQ(first_above(c, 6), 7);
    go_range (outer, c)
        go_range (inner, c)
            CHECK(outer == 8 && inner == 9);
    if (n)
        go_range (v, c)
            CHECK(v < 0);
    else
        CHECK(false);
    go_drop(c);
}

int main(void)
{
    elements();
    pointers();
    calls();
    loops();
    return 0;
}
